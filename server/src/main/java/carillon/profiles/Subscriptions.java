package carillon.profiles;

import static java.util.stream.Collectors.groupingBy;

import carillon.jsonapi.Field;
import carillon.jsonapi.Json;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Select;
import carillon.platform.db.Queries;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Consent and suppression as the attribute {@code subscriptions} tells them. */
final class Subscriptions {

  private static final Field<?> CONSENT = Schema.text().as("consent").required();
  private static final Field<?> CAN_RECEIVE = Schema.bool().as("can_receive").required();

  static final Field<?> FIELD =
      Schema.struct(
              "subscriptions",
              channel("email", emailMarketing(), permission("open_tracking")),
              channel("sms", sms("marketing"), sms("transactional")),
              channel(
                  "mobile_push",
                  Schema.struct(
                          "marketing",
                          Schema.bool().as("can_receive_push_marketing").required(),
                          CONSENT,
                          moment("consent_timestamp"))
                      .as("marketing")
                      .nullable()),
              channel(
                  "whatsapp",
                  permission("marketing", text("phone_number")),
                  permission("transactional", text("phone_number")),
                  permission("conversational", text("phone_number"))))
          .as("subscriptions")
          .nullable();

  private static Field<?> channel(String name, Field<?>... kinds) {
    return Schema.struct(name, kinds).as(name).nullable();
  }

  private static Field<?> emailMarketing() {
    var reason = Schema.choice(Suppressions.REASONS).as("reason").required();
    var timestamp = Schema.moment().as("timestamp").required();
    return Schema.struct(
            "marketing",
            Schema.bool().as("can_receive_email_marketing").required(),
            CONSENT,
            moment("consent_timestamp"),
            moment("last_updated"),
            text("method"),
            text("method_detail").preset(""),
            text("custom_method_detail"),
            Schema.bool().as("double_optin").nullable(),
            Schema.items(Schema.struct("suppression", reason, timestamp))
                .as("suppression")
                .nullable(),
            Schema.items(
                    Schema.struct(
                        "list_suppression",
                        Schema.text().as("list_id").required(),
                        Schema.text().as("reason").required(),
                        timestamp))
                .as("list_suppressions")
                .nullable())
        .as("marketing")
        .nullable();
  }

  private static Field<?> sms(String kind) {
    return Schema.struct(
            kind,
            Schema.bool().as("can_receive_sms_" + kind).required(),
            CONSENT,
            moment("consent_timestamp"),
            text("method"),
            text("method_detail").preset(""),
            moment("last_updated"))
        .as(kind)
        .nullable();
  }

  private static Field<?> permission(String kind, Field<?>... more) {
    var fields =
        new java.util.ArrayList<Field<?>>(
            List.of(
                CONSENT,
                moment("consent_timestamp"),
                moment("last_updated"),
                moment("created_timestamp"),
                Schema.free().as("metadata").nullable(),
                CAN_RECEIVE,
                moment("valid_until")));
    fields.addAll(List.of(more));
    return Schema.struct(kind, fields.toArray(Field<?>[]::new)).as(kind).nullable();
  }

  private static Field<?> moment(String name) {
    return Schema.moment().as(name).nullable();
  }

  private static Field<String> text(String name) {
    return Schema.text().as(name).nullable();
  }

  /** The profiles with their subscriptions, if these were asked for; three queries for all. */
  List<Profile> told(Queries db, String account, List<Profile> profiles, Select select) {
    if (!select.wants("profile", "subscriptions") || profiles.isEmpty()) {
      return profiles;
    }
    var ids = profiles.stream().map(Profile::id).toList();
    var standings =
        Consents.standings(db, account, ids).stream().collect(groupingBy(Standing::profileId));
    var suppressions =
        Suppressions.of(db, account, ids).stream().collect(groupingBy(Suppression::profileId));
    var reachable = Related.withDevice(db, account, ids);
    return profiles.stream()
        .map(one ->
            one.with(
                told(
                    one,
                    standings.getOrDefault(one.id(), List.of()),
                    suppressions.getOrDefault(one.id(), List.of()),
                    reachable.contains(one.id()))))
        .toList();
  }

  private static ObjectNode told(
      Profile profile,
      List<Standing> standings,
      List<Suppression> suppressions,
      boolean hasDevice) {
    var by = standings.stream().collect(groupingBy(one -> one.channel() + "." + one.kind()));
    var told = Json.object();
    var email = told.putObject("email");
    email.set("marketing", emailMarketing(profile, find(by, "email.marketing"), suppressions));
    email.set("open_tracking", permission(find(by, "email.open_tracking")));
    var sms = told.putObject("sms");
    sms.set("marketing", sms(profile, "marketing", find(by, "sms.marketing")));
    sms.set("transactional", sms(profile, "transactional", find(by, "sms.transactional")));
    var push = find(by, "push.marketing");
    told.putObject("mobile_push")
        .putObject("marketing")
        .put("can_receive_push_marketing", hasDevice && consent(push).equals("SUBSCRIBED"))
        .put("consent", consent(push))
        .put("consent_timestamp", print(push.flatMap(Standing::consentedAt)));
    var whatsapp = told.putObject("whatsapp");
    for (var kind : List.of("marketing", "transactional", "conversational")) {
      whatsapp.set(
          kind,
          permission(find(by, "whatsapp." + kind))
              .put("phone_number", profile.phoneNumber().orElse(null)));
    }
    return told;
  }

  private static Optional<Standing> find(Map<String, List<Standing>> by, String place) {
    return by.getOrDefault(place, List.of()).stream().findFirst();
  }

  /** Who never said anything may be written to; who has said no, or is suppressed, may not. */
  private static ObjectNode emailMarketing(
      Profile profile, Optional<Standing> standing, List<Suppression> suppressions) {
    var suppressed = suppressions.stream().anyMatch(one -> one.listId().isEmpty());
    var told = Json.object();
    told.put(
        "can_receive_email_marketing",
        profile.email().isPresent() && !suppressed && !consent(standing).equals("UNSUBSCRIBED"));
    told.put("consent", consent(standing));
    told.put("consent_timestamp", print(standing.flatMap(Standing::consentedAt)));
    told.put("last_updated", print(standing.map(Standing::updatedAt)));
    method(told, standing);
    told.put(
        "custom_method_detail", standing.flatMap(one -> one.how().customDetail()).orElse(null));
    told.put("double_optin", standing.flatMap(one -> one.how().doubleOptIn()).orElse(null));
    var global = told.putArray("suppression");
    var ofLists = told.putArray("list_suppressions");
    suppressions.forEach(one -> tell(one, global, ofLists));
    return told;
  }

  private static void tell(Suppression one, ArrayNode global, ArrayNode ofLists) {
    var told = one.listId().isEmpty() ? global.addObject() : ofLists.addObject();
    if (!one.listId().isEmpty()) {
      told.put("list_id", one.listId());
    }
    told.put("reason", one.reason()).put("timestamp", Json.print(one.at()));
  }

  /** Texts need a yes. */
  private static ObjectNode sms(Profile profile, String kind, Optional<Standing> standing) {
    var told = Json.object();
    told.put(
        "can_receive_sms_" + kind,
        profile.phoneNumber().isPresent() && consent(standing).equals("SUBSCRIBED"));
    told.put("consent", consent(standing));
    told.put("consent_timestamp", print(standing.flatMap(Standing::consentedAt)));
    method(told, standing);
    return told.put("last_updated", print(standing.map(Standing::updatedAt)));
  }

  private static void method(ObjectNode told, Optional<Standing> standing) {
    told.put("method", standing.flatMap(one -> one.how().method()).orElse(null));
    told.put("method_detail", standing.flatMap(one -> one.how().detail()).orElse(""));
  }

  private static ObjectNode permission(Optional<Standing> standing) {
    var told = Json.object();
    told.put("consent", consent(standing));
    told.put("consent_timestamp", print(standing.flatMap(Standing::consentedAt)));
    told.put("last_updated", print(standing.map(Standing::updatedAt)));
    told.put("created_timestamp", print(standing.flatMap(Standing::consentedAt)));
    told.putNull("metadata");
    told.put("can_receive", consent(standing).equals("SUBSCRIBED"));
    return told.putNull("valid_until");
  }

  private static String consent(Optional<Standing> standing) {
    return standing.map(Standing::status).orElse("NEVER_SUBSCRIBED");
  }

  private static String print(Optional<Instant> moment) {
    return moment.map(Json::print).orElse(null);
  }
}
