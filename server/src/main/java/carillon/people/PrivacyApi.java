package carillon.people;

import static carillon.jsonapi.RateLimit.S;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Body;
import carillon.jsonapi.Operation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Values;
import carillon.profiles.Erasures;
import carillon.profiles.ProfileFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The operation by which people are forgotten. */
final class PrivacyApi {

  private static final ResourceType<String> JOB =
      ResourceType.of(
          "data-privacy-deletion-job", "data-privacy-deletion-jobs", id -> id, List.of());

  private final Erasures erasures;
  private final Runnable wakeUp;

  /** {@code wakeUp} tells the worker of this node that there is something to do. */
  PrivacyApi(Erasures erasures, Runnable wakeUp) {
    this.erasures = erasures;
    this.wakeUp = wakeUp;
  }

  Stream<Operation> operations() {
    return Stream.of(
        JOB.accept(
                "request_profile_deletion",
                "/api/data-privacy-deletion-jobs",
                "Forget a person and everything known about them")
            .group("Data Privacy")
            .aliases("create_data_privacy_deletion_job")
            .scopes("data-privacy:write")
            .limit(S)
            .body(
                Body.of("data-privacy-deletion-job")
                    .attributes(
                        Body.nested(
                                "profile",
                                Body.of("profile")
                                    .optionalId()
                                    .attributes(ProfileFields.EMAIL, ProfileFields.PHONE_NUMBER)
                                    .resource())
                            .required()))
            .to(this::request));
  }

  private Reply request(Request request) {
    var given = given(request.attributes().in("profile").in("data"));
    if (given.size() != 1) {
      throw ApiError.invalid(
          "/data/attributes/profile/data",
          "Exactly one of 'id', 'email' and 'phone_number' must be given.");
    }
    erasures.request(request.account(), given.getFirst().getKey(), given.getFirst().getValue());
    wakeUp.run();
    return Reply.nothing();
  }

  private static List<Map.Entry<String, String>> given(Values person) {
    var attributes = person.in("attributes");
    return Stream.of(
            named("id", person.find(Body.ID)),
            named("email", attributes.find(ProfileFields.EMAIL)),
            named("phone_number", attributes.find(ProfileFields.PHONE_NUMBER)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Map.Entry<String, String>> named(String kind, Optional<String> value) {
    return value.map(one -> Map.entry(kind, one));
  }
}
