package carillon.segments;

import static carillon.jsonapi.Op.ANY;
import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.RateLimit.L;
import static carillon.jsonapi.RateLimit.M;

import carillon.jsonapi.Filterable;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.profiles.Member;
import carillon.profiles.MemberSearch;
import carillon.profiles.Profiles;
import java.util.stream.Stream;

/** The operations that tell the members of a segment. */
record MembersApi(SegmentStore segments, MemberStore members, Profiles profiles) {

  private static final Filterable[] FILTERS =
      Stream.concat(
              Stream.of(Filterable.text("profile_id", "m.profile_id").list(ANY, EQUALS)),
              MemberSearch.FILTERS.stream())
          .toArray(Filterable[]::new);

  Stream<Operation> operations() {
    return Stream.of(
        declared(
                Member.TYPE.list(
                    "get_profiles_for_segment",
                    "/api/segments/{id}/profiles",
                    "List the profiles in a segment"))
            .aliases("get_segment_profiles")
            .additional("profile", "subscriptions", "predictive_analytics")
            .lowered("predictive_analytics", M)
            .to(this::profiles),
        declared(
                Member.TYPE.linkages(
                    "get_profile_ids_for_segment",
                    "/api/segments/{id}/relationships/profiles",
                    "List the ids of the profiles in a segment"))
            .aliases("get_segment_relationships_profiles")
            .to(this::ids));
  }

  private static OperationBuilder declared(OperationBuilder operation) {
    return operation
        .group("Segments")
        .scopes("profiles:read", "segments:read")
        .limit(L)
        .filter(FILTERS)
        .sort(MemberSearch.BY_JOINING)
        .page(20, 100);
  }

  private Reply profiles(Request request) {
    segments.get(request.account(), request.id());
    var page = members.page(request.account(), request.id(), request.select());
    return Reply.rows(Member.told(profiles, request.account(), page, request.select()));
  }

  private Reply ids(Request request) {
    segments.get(request.account(), request.id());
    return new Reply.Ids(members.ids(request.account(), request.id(), request.select()));
  }
}
