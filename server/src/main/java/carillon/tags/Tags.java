package carillon.tags;

import static carillon.jsonapi.RateLimit.S;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Operation;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The tags of resources, for the features that have them. */
public final class Tags {

  static final ResourceType<Tag> TAG =
      ResourceType.of(
          "tag",
          "tags",
          tag -> tag.id().toString(),
          List.of(Attribute.of(Schema.text().length(1, 255).as("name").required(), Tag::name)));

  private static final ResourceType<Tag> LINKS_ONLY =
      TAG.with(
          List.of(
              Relation.one("tag-group", "tag-group"),
              Relation.many("lists", "list"),
              Relation.many("segments", "segment"),
              Relation.many("campaigns", "campaign"),
              Relation.many("flows", "flow")));

  private final TagStore tags;
  private final TagGroupStore groups;
  private final TaggingStore taggings;

  /** Tags of the kinds of resources given: list, segment, campaign, flow. */
  public Tags(Database db, Clock clock, Ids ids, Map<String, Taggable> kinds) {
    this.tags = new TagStore(db, clock, ids);
    this.groups = new TagGroupStore(db, clock, ids);
    this.taggings = new TaggingStore(db, clock, kinds);
  }

  TagStore tags() {
    return tags;
  }

  TagGroupStore groups() {
    return groups;
  }

  TaggingStore taggings() {
    return taggings;
  }

  /** What a new account needs: its default group. */
  public void prepare(Tx tx, String account) {
    groups.createDefault(tx, account);
  }

  /** Forgets the tags of a resource that is gone. */
  public void forget(Tx tx, String account, String kind, String id) {
    taggings.forget(tx, account, kind, id);
  }

  /** Gives a resource the tags of another. */
  public void copy(Tx tx, String account, String kind, String from, String to) {
    taggings.copy(tx, account, kind, from, to);
  }

  /** The includable relation {@code tags} of a kind of resource. */
  public <T> Relation<T> relation(ResourceType<T> of, String kind) {
    return Relation.<T>many("tags", "tag")
        .includable(
            () -> LINKS_ONLY,
            (caller, rows, _) ->
                taggings.tagsOf(caller.account(), kind, rows.stream().map(of.id()).toList()));
  }

  /** The two operations that tell the tags of a resource; {@code exists} throws when it is gone. */
  public Stream<Operation> operationsOn(String kind, Existence exists) {
    var kinds = kind + "s";
    var group = Character.toUpperCase(kinds.charAt(0)) + kinds.substring(1);
    return Stream.of(
        LINKS_ONLY
            .list(
                "get_tags_for_" + kind,
                "/api/" + kinds + "/{id}/tags",
                "List the tags of a " + kind)
            .group(group)
            .aliases("get_" + kind + "_tags")
            .scopes(kinds + ":read", "tags:read")
            .limit(S)
            .to(request -> {
              exists.check(request.account(), request.id());
              return Reply.rows(tagsOf(request.account(), kind, request.id()));
            }),
        LINKS_ONLY
            .linkages(
                "get_tag_ids_for_" + kind,
                "/api/" + kinds + "/{id}/relationships/tags",
                "List the ids of the tags of a " + kind)
            .group(group)
            .aliases("get_" + kind + "_relationships_tags")
            .scopes(kinds + ":read", "tags:read")
            .limit(S)
            .to(request -> {
              exists.check(request.account(), request.id());
              return Reply.ids(ids(tagsOf(request.account(), kind, request.id())));
            }));
  }

  /** Throws when an account has no resource with the id. */
  @FunctionalInterface
  public interface Existence {
    void check(String account, String id);
  }

  private List<Tag> tagsOf(String account, String kind, String id) {
    return taggings.tagsOf(account, kind, List.of(id)).getOrDefault(id, List.of());
  }

  static List<String> ids(List<Tag> tags) {
    return tags.stream().map(tag -> tag.id().toString()).toList();
  }
}
