package carillon.segments;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Queries;
import carillon.platform.db.Row;
import carillon.platform.db.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Segments in the database, as clients see them. */
final class SegmentStore {

  private static final String COLUMNS =
      """
      s.id, s.name, s.definition, s.created_at, s.updated_at, s.is_active,
        s.computing is not null as is_processing, s.is_starred
      """;
  private static final String SEGMENTS =
      "select " + COLUMNS + " from segment s where s.account_id = :account";

  private final Database db;
  private final Ids ids;

  SegmentStore(Database db, Ids ids) {
    this.db = db;
    this.ids = ids;
  }

  Slice<Segment> page(String account, Select select) {
    return new Paged<>(SEGMENTS, "s.id", "text", SegmentStore::segment)
        .bind("account", account)
        .page(db, select);
  }

  Segment get(String account, String id) {
    return get(db, account, id);
  }

  static Segment get(Queries queries, String account, String id) {
    return find(queries, account, id, "").orElseThrow(() -> missing(id));
  }

  /** Also holds it against change until the transaction ends. */
  static Segment locked(Tx tx, String account, String id) {
    return find(tx, account, id, " for no key update").orElseThrow(() -> missing(id));
  }

  private static Optional<Segment> find(
      Queries queries, String account, String id, String locking) {
    return queries
        .sql(SEGMENTS + " and s.id = :id" + locking)
        .bind("account", account)
        .bind("id", id)
        .first(SegmentStore::segment);
  }

  static ApiError missing(String id) {
    return ApiError.of(Fault.Code.NOT_FOUND, "A segment with id `" + id + "` does not exist.");
  }

  /** The names of those of the segments that exist, by id. */
  static Map<String, String> names(Queries queries, String account, Collection<String> ids) {
    return queries
        .sql("select id, name from segment where account_id = :account and id = any(:ids)")
        .bind("account", account)
        .array("ids", "text", ids)
        .list(row -> Map.entry(row.text("id"), row.text("name")))
        .stream()
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The segments people are in, by profile id. */
  Map<String, List<Segment>> segmentsOf(String account, Collection<String> profiles) {
    return db
        .sql(
            "select m.profile_id, "
                + COLUMNS
                + """
                from segment_member m
                join segment s on s.account_id = m.account_id and s.id = m.segment_id
                  and s.generation = m.generation
                where m.account_id = :account and m.profile_id = any(:profiles)
                order by s.id
                """)
        .bind("account", account)
        .array("profiles", "text", profiles)
        .list(row -> Map.entry(row.text("profile_id"), segment(row)))
        .stream()
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }

  /** Makes a segment whose first generation is to be computed; a taken id is drawn again. */
  Segment insert(
      Tx tx, String account, String name, ObjectNode definition, boolean starred, Instant now) {
    while (true) {
      var segment =
          new Segment(
              ids.shortId(), name, definition, now, now, true, true, starred, Optional.empty());
      if (insert(tx, account, segment)) {
        return segment;
      }
    }
  }

  private static boolean insert(Tx tx, String account, Segment segment) {
    return tx.sql(
                """
                insert into segment (account_id, id, name, definition, is_starred, created_at,
                  updated_at, computing)
                values (:account, :id, :name, :definition, :starred, :now, :now, 1)
                on conflict do nothing
                """)
            .bind("account", account)
            .bind("id", segment.id())
            .bind("name", segment.name())
            .bind("definition", segment.definition())
            .bind("starred", segment.isStarred())
            .bind("now", segment.created())
            .run()
        == 1;
  }

  static void update(Tx tx, String account, Segment segment) {
    tx.sql(
            """
            update segment set name = :name, definition = :definition, is_active = :active,
              is_starred = :starred, updated_at = :updated
            where account_id = :account and id = :id
            """)
        .bind("account", account)
        .bind("id", segment.id())
        .bind("name", segment.name())
        .bind("definition", segment.definition())
        .bind("active", segment.isActive())
        .bind("starred", segment.isStarred())
        .bind("updated", segment.updated())
        .run();
  }

  private static Segment segment(Row row) {
    return new Segment(
        row.text("id"),
        row.text("name"),
        (ObjectNode) row.json("definition"),
        row.instant("created_at"),
        row.instant("updated_at"),
        row.bool("is_active"),
        row.bool("is_processing"),
        row.bool("is_starred"),
        Optional.empty());
  }
}
