package carillon.tags;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Queries;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Tags in the database. */
final class TagStore {

  private static final String TAGS =
      "select t.id, t.name, t.tag_group_id from tag t where t.account_id = :account";

  private final Database db;
  private final Clock clock;
  private final Ids ids;

  TagStore(Database db, Clock clock, Ids ids) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
  }

  Slice<Tag> all(String account, Select select) {
    return new Paged<>(TAGS, "t.id", "uuid", Tag::of).bind("account", account).page(db, select);
  }

  List<Tag> in(String account, TagGroup group) {
    return db.sql(TAGS + " and t.tag_group_id = :group order by t.created_at, t.id")
        .bind("account", account)
        .bind("group", group.id())
        .list(Tag::of);
  }

  Tag get(String account, String id) {
    return get(db, account, id);
  }

  static Tag get(Queries queries, String account, String id) {
    return Named.id(id)
        .flatMap(uuid ->
            queries
                .sql(TAGS + " and t.id = :id")
                .bind("account", account)
                .bind("id", uuid)
                .first(Tag::of))
        .orElseThrow(() -> ApiError.missing("A", "tag", id));
  }

  Tag create(String account, String name, Optional<String> groupId) {
    return db.transaction(tx -> {
      var byDefault = Named.lock(tx, account);
      var group = groupId.map(id -> known(tx, account, id).id()).orElse(byDefault);
      Named.TAG.refuseMore(tx, account);
      Named.TAG.refuseTaken(tx, account, name);
      var tag = new Tag(ids.uuid(), name, group);
      tx.sql(
              """
              insert into tag (account_id, id, tag_group_id, name, created_at)
              values (:account, :id, :group, :name, :now)
              """)
          .bind("account", account)
          .bind("id", tag.id())
          .bind("group", tag.groupId())
          .bind("name", name)
          .bind("now", clock.instant())
          .run();
      return tag;
    });
  }

  private static TagGroup known(Queries queries, String account, String id) {
    return TagGroupStore.find(queries, account, id)
        .orElseThrow(() ->
            ApiError.of(
                Fault.Code.TAG_SERVICE_ERROR, "A tag group with id " + id + " does not exist."));
  }

  void rename(String account, String id, String name) {
    db.transact(tx -> {
      Named.lock(tx, account);
      var tag = get(tx, account, id);
      Named.TAG.rename(tx, account, tag.id(), tag.name(), name);
    });
  }

  void delete(String account, String id) {
    db.sql("delete from tag where account_id = :account and id = :id")
        .bind("account", account)
        .bind("id", get(account, id).id())
        .run();
  }
}
