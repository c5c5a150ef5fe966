package carillon.tags;

import static carillon.jsonapi.Op.CONTAINS;
import static carillon.jsonapi.Op.ENDS_WITH;
import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.Op.STARTS_WITH;
import static carillon.jsonapi.RateLimit.S;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Body;
import carillon.jsonapi.Field;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Http;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Sortable;
import java.util.List;
import java.util.stream.Stream;

/** The operations on tags and tag groups. */
public final class TagsApi {

  private static final Field<String> NAME = Schema.text().length(1, 255).as("name").required();
  private static final Field<Boolean> EXCLUSIVE = Schema.bool().as("exclusive").required();
  private static final Field<Boolean> DEFAULT = Schema.bool().as("default").required();

  private static final Field<?> RETURN_FIELDS =
      Schema.items(Schema.text()).as("return_fields").nullable();

  private static final Filterable BY_NAME =
      Filterable.text("name", "t.name", CONTAINS, ENDS_WITH, EQUALS, STARTS_WITH).list(EQUALS);
  private static final Sortable ID = Sortable.text("id", "t.id");
  private static final Sortable SORT_NAME = Sortable.text("name", "t.name");
  private static final Sortable CREATED = Sortable.moment("created", "t.created_at");

  private static final ResourceType<TagGroup> GROUP =
      ResourceType.<TagGroup>of(
              "tag-group",
              "tag-groups",
              group -> group.id().toString(),
              List.of(
                  Attribute.of(NAME, TagGroup::name),
                  Attribute.of(EXCLUSIVE, TagGroup::exclusive),
                  Attribute.of(DEFAULT, TagGroup::isDefault)))
          .with(List.of(Relation.many("tags", "tag")));

  private final TagStore tags;
  private final TagGroupStore groups;
  private final TaggingStore taggings;
  private final ResourceType<Tag> tag;

  public TagsApi(Tags tags) {
    this.tags = tags.tags();
    this.groups = tags.groups();
    this.taggings = tags.taggings();
    this.tag =
        Tags.TAG.with(
            List.of(
                Relation.<Tag>one("tag-group", "tag-group")
                    .inlined(tag -> List.of(tag.groupId().toString()))
                    .includable(
                        () -> GROUP, (caller, rows, _) -> groups.of(caller.account(), rows)),
                Relation.many("lists", "list"),
                Relation.many("segments", "segment"),
                Relation.many("campaigns", "campaign"),
                Relation.many("flows", "flow")));
  }

  public Stream<Operation> operations() {
    return Stream.of(
            tagOperations(),
            groupOperations(),
            Stream.of("flow", "campaign", "list", "segment").flatMap(this::tagged))
        .flatMap(all -> all);
  }

  private Stream<Operation> tagOperations() {
    return Stream.of(
        reading(tag.list("get_tags", "/api/tags", "List the tags of the account"))
            .filter(BY_NAME)
            .sort(ID, SORT_NAME)
            .order(CREATED, false)
            .include("tag-group")
            .page(50, 50)
            .to(request -> Reply.rows(tags.all(request.account(), request.select()))),
        writing(tag.create("create_tag", "/api/tags", "Create a tag"))
            .body(Body.of("tag").attributes(NAME).relationships(Body.one("tag-group", "tag-group")))
            .to(this::create),
        reading(tag.get("get_tag", "/api/tags/{id}", "Get a tag"))
            .include("tag-group")
            .to(request -> Reply.row(tags.get(request.account(), request.id()))),
        writing(tag.change("update_tag", "/api/tags/{id}", "Rename a tag"))
            .body(Body.of("tag").id().attributes(NAME))
            .to(this::rename),
        writing(tag.delete("delete_tag", "/api/tags/{id}", "Delete a tag")).to(this::delete),
        reading(GROUP.get("get_tag_group_for_tag", "/api/tags/{id}/tag-group", "Get a tag's group"))
            .aliases("get_tag_tag_group", "get_group_for_tag")
            .to(request -> Reply.row(groupOf(request))),
        reading(
                GROUP.linkage(
                    "get_tag_group_id_for_tag",
                    "/api/tags/{id}/relationships/tag-group",
                    "Get the id of a tag's group"))
            .aliases(
                "get_tag_relationships_tag_group",
                "get_group_id_for_tag",
                "get_tag_relationships_group")
            .to(request -> Reply.id(groupOf(request).id())));
  }

  private TagGroup groupOf(Request request) {
    var tag = tags.get(request.account(), request.id());
    return groups.get(request.account(), tag.groupId().toString());
  }

  private List<Tag> tagsIn(Request request) {
    return tags.in(request.account(), groups.get(request.account(), request.id()));
  }

  private Reply create(Request request) {
    return Reply.row(
        tags.create(request.account(), request.get(NAME), request.related("tag-group")));
  }

  private Reply rename(Request request) {
    tags.rename(request.account(), request.id(), request.get(NAME));
    return Reply.nothing();
  }

  private Reply delete(Request request) {
    tags.delete(request.account(), request.id());
    return Reply.nothing();
  }

  private Stream<Operation> groupOperations() {
    return Stream.of(
        reading(GROUP.list("get_tag_groups", "/api/tag-groups", "List the tag groups"))
            .filter(
                BY_NAME,
                Filterable.of("exclusive", Filterable.Kind.BOOLEAN, "t.exclusive", EQUALS),
                Filterable.of("default", Filterable.Kind.BOOLEAN, "t.is_default", EQUALS))
            .sort(ID, SORT_NAME)
            .order(CREATED, false)
            .page(25, 25)
            .to(request -> Reply.rows(groups.all(request.account(), request.select()))),
        writing(GROUP.create("create_tag_group", "/api/tag-groups", "Create a tag group"))
            .body(
                Body.of("tag-group")
                    .attributes(NAME, EXCLUSIVE.optional().nullable().preset(false)))
            .to(this::createGroup),
        reading(GROUP.get("get_tag_group", "/api/tag-groups/{id}", "Get a tag group"))
            .to(request -> Reply.row(groups.get(request.account(), request.id()))),
        writing(GROUP.change("update_tag_group", "/api/tag-groups/{id}", "Rename a tag group"))
            .body(Body.of("tag-group").id().attributes(NAME, RETURN_FIELDS))
            .to(this::renameGroup),
        writing(
                GROUP.delete(
                    "delete_tag_group", "/api/tag-groups/{id}", "Delete a tag group and its tags"))
            .to(this::deleteGroup),
        reading(
                tag.linksOnly("tag-group")
                    .list(
                        "get_tags_for_tag_group",
                        "/api/tag-groups/{id}/tags",
                        "List the tags of a group"))
            .aliases("get_tag_group_tags")
            .to(request -> Reply.rows(tagsIn(request))),
        reading(
                tag.linkages(
                    "get_tag_ids_for_tag_group",
                    "/api/tag-groups/{id}/relationships/tags",
                    "List the ids of the tags of a group"))
            .aliases("get_tag_group_relationships_tags")
            .to(request -> Reply.ids(Tags.ids(tagsIn(request)))));
  }

  private Reply createGroup(Request request) {
    return Reply.row(
        groups.create(request.account(), request.get(NAME), request.find(EXCLUSIVE).orElse(false)));
  }

  private Reply renameGroup(Request request) {
    groups.rename(request.account(), request.id(), request.get(NAME));
    return Reply.nothing();
  }

  private Reply deleteGroup(Request request) {
    groups.delete(request.account(), request.id());
    return Reply.nothing();
  }

  /** Flows, campaigns, lists and segments are tagged alike. */
  private Stream<Operation> tagged(String kind) {
    var kinds = kind + "s";
    var path = "/api/tags/{id}/relationships/" + kinds;
    var target = ResourceType.<String>of(kind, kinds, id -> id, List.of());
    return Stream.of(
        target
            .linkages("get_" + kind + "_ids_for_tag", path, "List the ids of tagged " + kinds)
            .group("Tags")
            .aliases("get_tag_relationships_" + kinds)
            .scopes(kinds + ":read", "tags:read")
            .limit(S)
            .to(request -> Reply.ids(taggings.tagged(request.account(), request.id(), kind))),
        target
            .relate(Http.POST, "tag_" + kinds, path, "Tag " + kinds)
            .group("Tags")
            .aliases(
                "create_tag_relationships_" + kind,
                "add_" + kinds + "_to_tag",
                "create_tag_relationships_" + kinds)
            .scopes(kinds + ":write", "tags:write")
            .limit(S)
            .to(request -> attach(request, kind)),
        target
            .relate(Http.DELETE, "remove_tag_from_" + kinds, path, "Remove a tag from " + kinds)
            .group("Tags")
            .aliases("delete_tag_relationships_" + kinds, "remove_" + kinds + "_from_tag")
            .scopes(kinds + ":write", "tags:write")
            .limit(S)
            .to(request -> detach(request, kind)));
  }

  private Reply attach(Request request, String kind) {
    taggings.attach(request.account(), request.id(), kind, request.linkages());
    return Reply.nothing();
  }

  private Reply detach(Request request, String kind) {
    taggings.detach(request.account(), request.id(), kind, request.linkages());
    return Reply.nothing();
  }

  private static OperationBuilder reading(OperationBuilder operation) {
    return operation.group("Tags").scopes("tags:read").limit(S);
  }

  private static OperationBuilder writing(OperationBuilder operation) {
    return operation.group("Tags").scopes("tags:read", "tags:write").limit(S);
  }
}
