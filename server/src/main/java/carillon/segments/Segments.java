package carillon.segments;

import static carillon.jsonapi.RateLimit.S;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.profiles.Profile;
import carillon.profiles.Profiles;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The segments of profiles: none yet. */
public final class Segments {

  private static final ResourceType<Segment> SEGMENT =
      ResourceType.of(
              "segment",
              "segments",
              Segment::id,
              List.<Attribute<Segment>>of(
                  Attribute.of(Schema.text().as("name").nullable(), Segment::name),
                  Attribute.of(
                      SegmentDefinition.SEGMENT_DEFINITION.as("definition").nullable(),
                      Segment::definition),
                  Attribute.of(Schema.moment().as("created").nullable(), Segment::created),
                  Attribute.of(Schema.moment().as("updated").nullable(), Segment::updated),
                  Attribute.of(Schema.bool().as("is_active").required(), Segment::isActive),
                  Attribute.of(Schema.bool().as("is_processing").required(), Segment::isProcessing),
                  Attribute.of(Schema.bool().as("is_starred").required(), Segment::isStarred)))
          .with(
              List.of(
                  Relation.many("profiles", "profile"),
                  Relation.many("tags", "tag"),
                  Relation.many("flow-triggers", "flow")));

  private final Profiles profiles;

  public Segments(Profiles profiles) {
    this.profiles = profiles;
  }

  /** The includable relation {@code segments} of profiles. */
  public static Relation<Profile> ofProfiles() {
    return Relation.<Profile>many("segments", "segment")
        .includable(() -> SEGMENT, (_, _, _) -> Map.of());
  }

  /** The two operations that tell the segments of a profile. */
  public Stream<Operation> operations() {
    return Stream.of(
        reading(
                SEGMENT.list(
                    "get_segments_for_profile",
                    "/api/profiles/{id}/segments",
                    "List the segments of a profile"))
            .aliases("get_profile_segments")
            .to(request -> {
              check(request);
              return Reply.rows(List.of());
            }),
        reading(
                SEGMENT.linkages(
                    "get_segment_ids_for_profile",
                    "/api/profiles/{id}/relationships/segments",
                    "List the ids of the segments of a profile"))
            .aliases("get_profile_relationships_segments")
            .to(request -> {
              check(request);
              return Reply.ids(List.of());
            }));
  }

  private static OperationBuilder reading(OperationBuilder operation) {
    return operation.group("Profiles").scopes("profiles:read", "segments:read").limit(S);
  }

  /** 404 for a profile that is not there. */
  private void check(Request request) {
    profiles.get(request.account(), request.id());
  }
}
