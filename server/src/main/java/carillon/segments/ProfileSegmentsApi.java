package carillon.segments;

import static carillon.jsonapi.RateLimit.S;

import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.profiles.Profiles;
import java.util.List;
import java.util.stream.Stream;

/** The operations that tell the segments of a profile. */
record ProfileSegmentsApi(Segments segments, Profiles profiles) {

  Stream<Operation> operations() {
    return Stream.of(
        declared(
                Segments.SEGMENT.list(
                    "get_segments_for_profile",
                    "/api/profiles/{id}/segments",
                    "List the segments of a profile"))
            .aliases("get_profile_segments")
            .to(request -> Reply.rows(segmentsOf(request))),
        declared(
                Segments.SEGMENT.linkages(
                    "get_segment_ids_for_profile",
                    "/api/profiles/{id}/relationships/segments",
                    "List the ids of the segments of a profile"))
            .aliases("get_profile_relationships_segments")
            .to(request -> Reply.ids(segmentsOf(request).stream().map(Segment::id).toList())));
  }

  private static OperationBuilder declared(OperationBuilder operation) {
    return operation.group("Profiles").scopes("profiles:read", "segments:read").limit(S);
  }

  private List<Segment> segmentsOf(Request request) {
    var profile = profiles.get(request.account(), request.id());
    return segments
        .store()
        .segmentsOf(request.account(), List.of(profile.id()))
        .getOrDefault(profile.id(), List.of());
  }
}
