package carillon.segments;

import static carillon.segments.DefinitionReader.each;
import static carillon.segments.DefinitionReader.present;
import static carillon.segments.DefinitionReader.text;

import carillon.profiles.Reason;
import carillon.segments.Condition.Ground;
import carillon.segments.Condition.Subscription;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads conditions on consent and permission. */
final class ConsentReader {

  private final FilterReader filters;

  ConsentReader(FilterReader filters) {
    this.filters = filters;
  }

  Condition consent(JsonNode json, String place) {
    var status = json.get("consent_status");
    return new Condition.Consent(
        text(json, "channel"),
        json.get("can_receive_marketing").booleanValue(),
        switch (text(status, "subscription")) {
          case "subscribed" -> Subscription.SUBSCRIBED;
          case "unsubscribed" -> Subscription.UNSUBSCRIBED;
          case "never_subscribed" -> Subscription.NEVER_SUBSCRIBED;
          default -> Subscription.ANY;
        },
        filters(status, place + "/consent_status"));
  }

  Condition permission(JsonNode json, String place) {
    var permission = json.get("permission");
    var status = text(permission, "reachable_status");
    return new Condition.Permission(
        text(json, "channel").substring("whatsapp_".length()),
        !status.endsWith("_unreachable"),
        status.startsWith("explicitly_")
            ? Ground.EXPLICIT
            : status.startsWith("implicitly_or_") ? Ground.EITHER : Ground.IMPLICIT,
        filters(permission, place + "/permission"));
  }

  private List<ConsentFilter> filters(JsonNode json, String place) {
    return present(json, "filters")
        .filter(JsonNode::isArray)
        .map(all -> each(all, place + "/filters", this::filter))
        .orElse(List.of());
  }

  private ConsentFilter filter(JsonNode json, String place) {
    var at = place + "/filter";
    return switch (text(json, "field")) {
      case "is_double_opt_in" -> new ConsentFilter.DoubleOptIn(isTrue(json));
      case "is_rcs_capable" -> new ConsentFilter.RcsCapable(isTrue(json));
      case "status_date", "effective_date" ->
          new ConsentFilter.StatusDate(filters.date(json.get("filter"), at));
      case "recorded_date" -> new ConsentFilter.RecordedDate(filters.date(json.get("filter"), at));
      case "custom_source" ->
          new ConsentFilter.CustomSource(
              present(json.get("filter"), "value").map(JsonNode::stringValue));
      case "bounce_date" -> suppressed(Reason.HARD_BOUNCE, json, at);
      case "manual_suppression_date" -> suppressed(Reason.USER_SUPPRESSED, json, at);
      case "invalid_email_date" -> suppressed(Reason.INVALID_EMAIL, json, at);
      default -> new ConsentFilter.Method(text(json, "method"), details(json));
    };
  }

  private static boolean isTrue(JsonNode json) {
    return json.get("filter").get("value").booleanValue();
  }

  private ConsentFilter suppressed(Reason reason, JsonNode json, String place) {
    var filter = json.get("filter");
    return new ConsentFilter.SuppressedFor(
        reason,
        text(filter, "type").equals("existence")
            ? Optional.empty()
            : Optional.of(filters.date(filter, place)));
  }

  private static List<String> details(JsonNode json) {
    return present(json, "filter")
        .flatMap(filter -> present(filter, "value"))
        .map(value ->
            value.isArray()
                ? value.valueStream().map(JsonNode::stringValue).toList()
                : List.of(value.stringValue()))
        .orElse(List.of());
  }
}
