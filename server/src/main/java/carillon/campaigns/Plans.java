package carillon.campaigns;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Json;
import carillon.jsonapi.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a campaign is to do from bodies, completes it and refuses what cannot be. */
final class Plans {

  private static final String AUDIENCES = "/data/attributes/audiences";
  private static final String TRACKING = "/data/attributes/tracking_options";

  private final Audiences audiences;

  Plans(Audiences audiences) {
    this.audiences = audiences;
  }

  Campaign.Plan create(String account, Values attributes, String channel) {
    var plan =
        new Campaign.Plan(
            channel,
            Audience.of(attributes.get(PlanSchemas.AUDIENCES)),
            strategy(attributes),
            sendOptions(attributes),
            tracking(channel, attributes));
    checkKnown(account, plan.audience().all());
    return checked(plan);
  }

  /** The plan with what the body names; unknown audiences are not noticed here. */
  static Campaign.Plan change(Campaign.Plan before, Values attributes) {
    return checked(
        new Campaign.Plan(
            before.channel(),
            attributes
                .find(PlanSchemas.AUDIENCES_UPDATE)
                .map(written -> changed(before.audience(), written))
                .orElse(before.audience()),
            attributes.has(PlanSchemas.STRATEGY) ? strategy(attributes) : before.strategy(),
            attributes.has(PlanSchemas.SEND_OPTIONS)
                ? sendOptions(attributes)
                : before.sendOptions(),
            attributes.has(PlanSchemas.TRACKING)
                ? tracking(before.channel(), attributes)
                : before.tracking()));
  }

  /** Refuses audiences that are not there. */
  void checkChange(String account, Values attributes) {
    attributes
        .find(PlanSchemas.AUDIENCES_UPDATE)
        .ifPresent(written -> checkKnown(account, Audience.of(written).all()));
  }

  private static SendStrategy strategy(Values attributes) {
    return attributes
        .find(PlanSchemas.STRATEGY)
        .map(SendStrategy::of)
        .orElse(new SendStrategy.Immediate());
  }

  private static Audience changed(Audience before, JsonNode written) {
    var after = before.json();
    if (written.has("included")) {
      if (written.get("included").isNull()) {
        throw ApiError.invalid(AUDIENCES + "/included", "'included' must have at least 1 item.");
      }
      after.set("included", written.get("included"));
    }
    if (written.has("excluded")) {
      after.set("excluded", written.get("excluded"));
    }
    return Audience.of(after);
  }

  private void checkKnown(String account, List<String> named) {
    var missing = new ArrayList<>(named);
    missing.removeAll(audiences.existing(account, named));
    if (!missing.isEmpty()) {
      throw new ApiError(
          missing.stream()
              .map(id ->
                  Fault.of(
                      Fault.Code.NOT_FOUND,
                      "A list or segment with id '" + id + "' does not exist."))
              .toList());
    }
  }

  private static Campaign.Plan checked(Campaign.Plan plan) {
    var twice = new HashSet<>(plan.audience().included());
    twice.retainAll(plan.audience().excluded());
    if (!twice.isEmpty()) {
      throw ApiError.invalid(
          AUDIENCES,
          "Audience '%s' cannot be both included and excluded.".formatted(twice.iterator().next()));
    }
    if (plan.strategy() instanceof SendStrategy.SmartTime && !plan.channel().equals("email")) {
      throw ApiError.invalid(
          "/data/attributes/send_strategy/method",
          "'smart_send_time' is only supported for email campaigns.");
    }
    return plan;
  }

  private static ObjectNode sendOptions(Values attributes) {
    var smart =
        attributes
            .find(PlanSchemas.SEND_OPTIONS)
            .map(written -> written.path("use_smart_sending").asBoolean(true))
            .orElse(true);
    return Json.object().put("use_smart_sending", smart);
  }

  private static Optional<ObjectNode> tracking(String channel, Values attributes) {
    var written = attributes.find(PlanSchemas.TRACKING).map(ObjectNode.class::cast);
    written.ifPresent(options -> check(channel, options));
    if (channel.equals("mobile_push")) {
      return Optional.empty();
    }
    var given = written.orElseGet(Json::object);
    var options = Json.object();
    options.put("add_tracking_params", given.path("add_tracking_params").asBoolean(false));
    var custom = options.putArray("custom_tracking_params");
    given.path("custom_tracking_params").forEach(custom::add);
    if (channel.equals("email")) {
      options.put("is_tracking_clicks", given.path("is_tracking_clicks").asBoolean(true));
      options.put("is_tracking_opens", given.path("is_tracking_opens").asBoolean(true));
    }
    return Optional.of(options);
  }

  private static void check(String channel, ObjectNode options) {
    if (!channel.equals("email")) {
      Stream.of(PlanSchemas.CLICKS.name(), PlanSchemas.OPENS.name())
          .filter(options::has)
          .findFirst()
          .ifPresent(name -> {
            throw ApiError.invalid(
                TRACKING + "/" + name,
                "'%s' is not a valid field for the resource 'CampaignsSMSTrackingOptions'."
                    .formatted(name));
          });
    }
    var names = new ArrayList<String>();
    options.path("custom_tracking_params").forEach(one -> names.add(one.path("name").asString("")));
    if (options.path("add_tracking_params").asBoolean(false)
        && !names.isEmpty()
        && !names.containsAll(List.of("utm_source", "utm_medium"))) {
      throw ApiError.invalid(
          TRACKING + "/custom_tracking_params",
          "Custom tracking parameters must include 'utm_source' and 'utm_medium'.");
    }
  }
}
