package carillon.client;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.util.List;

/** Geofences in the database. */
final class GeofenceStore {

  private static final int MOST = 5000;

  private final Database db;
  private final Clock clock;

  GeofenceStore(Database db, Clock clock) {
    this.db = db;
    this.clock = clock;
  }

  /** All of an account, in the order of ids. */
  List<Geofence> all(String account) {
    return db.sql(
            """
            select id, latitude, longitude, radius from geofence
            where account_id = :account order by id
            """)
        .bind("account", account)
        .list(Geofence::read);
  }

  /** Makes a geofence or puts another in its place; answers whether it is new. */
  boolean put(String account, Geofence fence) {
    return db.transaction(Repeat.SAFE, tx -> put(tx, account, fence));
  }

  private boolean put(Tx tx, String account, Geofence fence) {
    var isNew =
        tx.sql(
                """
                insert into geofence (account_id, id, latitude, longitude, radius, created_at)
                values (:account, :id, :latitude, :longitude, :radius, :now)
                on conflict (account_id, id) do update set latitude = excluded.latitude,
                  longitude = excluded.longitude, radius = excluded.radius
                returning xmax = 0 as is_new
                """)
            .bind("account", account)
            .bind("id", fence.id())
            .bind("latitude", fence.latitude())
            .bind("longitude", fence.longitude())
            .bind("radius", fence.radius())
            .bind("now", clock.instant())
            .one(row -> row.bool("is_new"));
    if (isNew && count(tx, account) > MOST) {
      throw ApiError.of(Fault.Code.INVALID, "An account can have at most " + MOST + " geofences.");
    }
    return isNew;
  }

  private static long count(Tx tx, String account) {
    return tx.sql("select count(*) as n from geofence where account_id = :account")
        .bind("account", account)
        .one(row -> row.number("n"));
  }

  void delete(String account, String id) {
    var gone =
        db.sql("delete from geofence where account_id = :account and id = :id")
            .bind("account", account)
            .bind("id", id)
            .run();
    if (gone == 0) {
      throw ApiError.missing("A", "geofence", id);
    }
  }
}
