package carillon.lists;

import static carillon.jsonapi.RateLimit.L;

import carillon.jsonapi.Operation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.node.ObjectNode;

/** The subscribe job; its work is done, and kept, before it is answered. */
public final class SubscribeApi {

  private static final ResourceType<String> JOB =
      ResourceType.of(
          "profile-subscription-bulk-create-job",
          "profile-subscription-bulk-create-jobs",
          id -> id,
          List.of());

  private final Subscriptions subscriptions;

  public SubscribeApi(Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  public Stream<Operation> operations() {
    return Stream.of(
        JOB.accept(
                "bulk_subscribe_profiles",
                "/api/profile-subscription-bulk-create-jobs",
                "Subscribe profiles to channels, and to a list")
            .group("Profiles")
            .aliases("subscribe_profiles", "create_profile_subscription_bulk_create_job")
            .scopes("lists:write", "profiles:write", "subscriptions:write")
            .limit(L)
            .effect(Operation.Effect.REACHES_PEOPLE)
            .body(SubscribeFields.document())
            .to(this::subscribe));
  }

  private Reply subscribe(Request request) {
    var occasion =
        new Occasion(
            request.account(),
            request.related("list"),
            request.find(SubscribeFields.HISTORICAL).orElse(false),
            Occasion.API_SUBSCRIBE,
            request.caller().key(),
            request.find(SubscribeFields.SOURCE).filter(source -> !source.isBlank()));
    var people = request.attributes().in("profiles").node().get("data");
    subscriptions.subscribe(
        occasion,
        StreamSupport.stream(people.spliterator(), false).map(ObjectNode.class::cast).toList());
    return Reply.nothing();
  }
}
