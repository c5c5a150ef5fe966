package carillon.tags;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What is tagged, in the database. */
final class TaggingStore {

  private static final int MOST_TAGS_ON_ONE = 100;

  private final Database db;
  private final Clock clock;
  private final Map<String, Taggable> kinds;

  TaggingStore(Database db, Clock clock, Map<String, Taggable> kinds) {
    this.db = db;
    this.clock = clock;
    this.kinds = Map.copyOf(kinds);
  }

  List<String> tagged(String account, String tagId, String kind) {
    return db.sql(
            """
            select resource_id from tagging
            where account_id = :account and tag_id = :tag and kind = :kind
            order by created_at, resource_id
            """)
        .bind("account", account)
        .bind("tag", TagStore.get(db, account, tagId).id())
        .bind("kind", kind)
        .list(row -> row.text("resource_id"));
  }

  void attach(String account, String tagId, String kind, List<String> resources) {
    var missing = new TreeSet<>(resources);
    missing.removeAll(kinds.get(kind).existing(account, resources));
    if (!missing.isEmpty()) {
      throw ApiError.missing("A", kind, missing.first());
    }
    db.transact(tx -> {
      Named.lock(tx, account);
      var tag = TagStore.get(tx, account, tagId);
      tx.sql(
              """
              insert into tagging (account_id, kind, resource_id, tag_id, created_at)
              select :account, :kind, resource, :tag, :now from unnest(:resources) resource
              on conflict do nothing
              """)
          .bind("account", account)
          .bind("kind", kind)
          .bind("tag", tag.id())
          .bind("now", clock.instant())
          .array("resources", "text", resources)
          .run();
      refuseCrowd(tx, account, tag, kind, resources);
    });
  }

  /** Checked after the fact, inside the transaction: a refusal takes the links back. */
  private static void refuseCrowd(
      Tx tx, String account, Tag tag, String kind, List<String> resources) {
    tx.sql(
            """
            select g.resource_id, count(*) as tags,
              count(*) filter (where o.exclusive and o.id = :group) as rivals
            from tagging g
            join tag t on t.account_id = g.account_id and t.id = g.tag_id
            join tag_group o on o.account_id = t.account_id and o.id = t.tag_group_id
            where g.account_id = :account and g.kind = :kind and g.resource_id = any(:resources)
            group by g.resource_id
            """)
        .bind("account", account)
        .bind("kind", kind)
        .bind("group", tag.groupId())
        .array("resources", "text", resources)
        .list(row -> {
          if (row.number("rivals") > 1) {
            throw ApiError.of(
                Fault.Code.INVALID,
                "The %s %s already has a tag of this exclusive tag group."
                    .formatted(kind, row.text("resource_id")));
          }
          if (row.number("tags") > MOST_TAGS_ON_ONE) {
            throw ApiError.of(
                Fault.Code.INVALID,
                "A %s can have at most %d tags.".formatted(kind, MOST_TAGS_ON_ONE));
          }
          return true;
        });
  }

  void detach(String account, String tagId, String kind, List<String> resources) {
    db.sql(
            """
            delete from tagging
            where account_id = :account and kind = :kind and tag_id = :tag
              and resource_id = any(:resources)
            """)
        .bind("account", account)
        .bind("kind", kind)
        .bind("tag", TagStore.get(db, account, tagId).id())
        .array("resources", "text", resources)
        .run();
  }

  /** The tags of resources, by resource id. */
  Map<String, List<Tag>> tagsOf(String account, String kind, Collection<String> resources) {
    record Tagged(String resource, Tag tag) {}
    return db
        .sql(
            """
            select g.resource_id, t.id, t.name, t.tag_group_id
            from tagging g join tag t on t.account_id = g.account_id and t.id = g.tag_id
            where g.account_id = :account and g.kind = :kind and g.resource_id = any(:resources)
            order by g.created_at, t.id
            """)
        .bind("account", account)
        .bind("kind", kind)
        .array("resources", "text", resources)
        .list(row -> new Tagged(row.text("resource_id"), Tag.of(row)))
        .stream()
        .collect(groupingBy(Tagged::resource, mapping(Tagged::tag, toList())));
  }

  void forget(Tx tx, String account, String kind, String resource) {
    tx.sql(
            """
            delete from tagging
            where account_id = :account and kind = :kind and resource_id = :resource
            """)
        .bind("account", account)
        .bind("kind", kind)
        .bind("resource", resource)
        .run();
  }

  void copy(Tx tx, String account, String kind, String from, String to) {
    tx.sql(
            """
            insert into tagging (account_id, kind, resource_id, tag_id, created_at)
            select account_id, kind, :to, tag_id, :now from tagging
            where account_id = :account and kind = :kind and resource_id = :from
            """)
        .bind("account", account)
        .bind("kind", kind)
        .bind("from", from)
        .bind("to", to)
        .bind("now", clock.instant())
        .run();
  }
}
