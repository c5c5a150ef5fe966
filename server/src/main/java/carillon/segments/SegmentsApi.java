package carillon.segments;

import static carillon.jsonapi.Op.ANY;
import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.Op.GREATER_THAN;
import static carillon.jsonapi.RateLimit.L;
import static carillon.jsonapi.RateLimit.S;
import static carillon.jsonapi.RateLimit.XS;

import carillon.flows.Triggers;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Body;
import carillon.jsonapi.Field;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Sortable;
import carillon.profiles.Profiles;
import carillon.tags.Tags;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The operations on segments. */
public final class SegmentsApi {

  private static final Field<String> NAME = Schema.text().length(1, 255).as("name");
  private static final Field<ObjectNode> DEFINITION =
      SegmentDefinition.SEGMENT_DEFINITION.as("definition");
  private static final Field<Boolean> STARRED = Schema.bool().as("is_starred").nullable();
  private static final Field<Boolean> ACTIVE = Schema.bool().as("is_active").nullable();
  private static final Attribute<Segment> COUNT =
      Attribute.<Segment>of(
              Schema.whole().as("profile_count").nullable(),
              segment -> segment.members().orElse(null))
          .onlyWhenAsked();

  private final Segments segments;
  private final Drafting drafting;
  private final Tags tags;
  private final Triggers<Segment, ?> triggers;
  private final MembersApi members;
  private final PreviewsApi previews;
  private final ProfileSegmentsApi ofProfiles;
  private final ResourceType<Segment> segment;

  /**
   * The operations.
   *
   * @param flows what segments start, told by the feature that knows
   */
  public SegmentsApi(
      Segments segments, Profiles profiles, Tags tags, Relation.Included<Segment, ?> flows) {
    this.segments = segments;
    this.tags = tags;
    this.drafting = segments.drafting();
    this.triggers =
        new Triggers<>(
            "segment",
            request -> segments.store().get(request.account(), request.id()),
            Segment::id,
            flows);
    this.members = new MembersApi(segments.store(), segments.members(), profiles);
    this.previews = new PreviewsApi(segments.previews());
    this.ofProfiles = new ProfileSegmentsApi(segments, profiles);
    this.segment =
        Segments.SEGMENT.with(
            List.of(
                Relation.many("profiles", "profile"),
                tags.relation(Segments.SEGMENT, "segment"),
                triggers.relation()));
  }

  public Stream<Operation> operations() {
    return Stream.of(
            reading(),
            writing(),
            members.operations(),
            ofProfiles.operations(),
            tags.operationsOn("segment", segments::check),
            triggers.operations(),
            previews.operations())
        .flatMap(all -> all);
  }

  private Stream<Operation> reading() {
    return Stream.of(
        declared(
                segment.list("get_segments", "/api/segments", "List the segments of the account"),
                "read")
            .limit(L)
            .filter(
                Filterable.text("name", "s.name").list(ANY, EQUALS),
                Filterable.text("id", "s.id", EQUALS).list(ANY, EQUALS),
                Filterable.moment("created", "s.created_at", GREATER_THAN),
                Filterable.moment("updated", "s.updated_at", GREATER_THAN),
                Filterable.of("is_active", Filterable.Kind.BOOLEAN, "s.is_active", EQUALS)
                    .list(ANY, EQUALS),
                Filterable.of("is_starred", Filterable.Kind.BOOLEAN, "s.is_starred", EQUALS))
            .sort(
                Sortable.text("id", "s.id"),
                Sortable.text("name", "s.name"),
                Sortable.moment("created", "s.created_at"),
                Sortable.moment("updated", "s.updated_at"))
            .include("flow-triggers", "tags")
            .page(10, 10)
            .to(request -> Reply.rows(segments.store().page(request.account(), request.select()))),
        declared(counted().get("get_segment", "/api/segments/{id}", "Get a segment"), "read")
            .limit(L)
            .include("flow-triggers", "tags")
            .additional("segment", "profile_count")
            .lowered("profile_count", XS)
            .to(this::get));
  }

  private ResourceType<Segment> counted() {
    var attributes = Stream.concat(segment.attributes().stream(), Stream.of(COUNT)).toList();
    return ResourceType.of(segment.name(), segment.path(), segment.id(), attributes)
        .with(segment.relations());
  }

  private Reply get(Request request) {
    var found = segments.store().get(request.account(), request.id());
    return Reply.row(
        request.select().wants("segment", "profile_count")
            ? found.counted(segments.members().count(request.account(), request.id()))
            : found);
  }

  private Stream<Operation> writing() {
    return Stream.of(
        declared(segment.create("create_segment", "/api/segments", "Create a segment"), "write")
            .limit(XS.daily(100))
            .body(
                Body.of("segment")
                    .attributes(NAME.required(), DEFINITION.required(), STARRED.preset(false)))
            .to(request ->
                Reply.row(
                    drafting.create(
                        request.account(),
                        request.get(NAME),
                        request.get(DEFINITION),
                        request.find(STARRED).orElse(false)))),
        declared(
                segment.update("update_segment", "/api/segments/{id}", "Change a segment"), "write")
            .limit(XS.daily(100))
            .body(
                Body.of("segment")
                    .id()
                    .attributes(DEFINITION.nullable(), NAME.nullable(), STARRED, ACTIVE))
            .to(request ->
                Reply.row(
                    drafting.update(
                        request.account(),
                        request.id(),
                        new Drafting.Change(
                            request.find(NAME),
                            request.find(DEFINITION),
                            request.find(STARRED),
                            request.find(ACTIVE))))),
        declared(
                segment.delete("delete_segment", "/api/segments/{id}", "Delete a segment"), "write")
            .limit(S)
            .to(request -> {
              drafting.delete(request.account(), request.id());
              return Reply.nothing();
            }));
  }

  private static OperationBuilder declared(OperationBuilder operation, String access) {
    return operation.group("Segments").scopes("segments:" + access);
  }
}
