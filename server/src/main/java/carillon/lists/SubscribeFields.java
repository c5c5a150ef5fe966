package carillon.lists;

import carillon.jsonapi.Body;
import carillon.jsonapi.Field;
import carillon.jsonapi.Schema;
import carillon.profiles.ProfileFields;
import carillon.profiles.PushTokenFields;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The body of the subscribe job. */
final class SubscribeFields {

  private static final int MOST_PROFILES = 1000;

  static final Field<String> SOURCE = Schema.text().length(0, 255).as("custom_source").nullable();
  static final Field<Boolean> HISTORICAL =
      Schema.bool().as("historical_import").nullable().preset(false);
  static final Field<Instant> CONSENTED_AT = Schema.moment().as("consented_at").nullable();
  static final Field<LocalDate> BIRTH = new Schema.Day().as("age_gated_date_of_birth").nullable();
  static final Field<String> ANONYMOUS_ID =
      Schema.text().length(1, 255).as("anonymous_id").nullable();

  static final Field<List<ObjectNode>> TOKENS =
      Schema.items(PushTokenFields.entry()).size(0, 100).as("tokens").nullable();

  private static final Field<String> CONSENT = Schema.choice("SUBSCRIBED").as("consent").required();
  private static final Schema.Struct PARAMETERS =
      Schema.struct("SubscriptionParameters", CONSENT, CONSENTED_AT);

  private static final Schema.Struct CHANNELS =
      Schema.struct(
          "SubscriptionChannels",
          Schema.struct(
                  "EmailSubscriptionParameters",
                  PARAMETERS.as("marketing").nullable(),
                  Schema.struct("OpenTrackingSubscriptionParameters", CONSENT)
                      .as("open_tracking")
                      .nullable())
              .as("email")
              .nullable(),
          channel("sms", "SMSSubscriptionParameters"),
          channel("whatsapp", "WhatsAppSubscriptionParameters"),
          Schema.struct(
                  "PushSubscriptionParameters",
                  PARAMETERS.as("marketing").required(),
                  TOKENS,
                  ANONYMOUS_ID)
              .as("push")
              .nullable());

  private static final Schema.Struct PROFILE =
      Body.of("profile")
          .optionalId()
          .attributes(
              ProfileFields.EMAIL,
              ProfileFields.PHONE_NUMBER,
              CHANNELS.as("subscriptions").required(),
              BIRTH)
          .resource();

  /** One person, as a browser or an app asks for it. */
  static Schema.Struct claim() {
    return Body.of("subscription")
        .attributes(
            SOURCE,
            Body.nested(
                    "profile", ProfileFields.subscriber(CHANNELS.as("subscriptions").nullable()))
                .required())
        .requiredRelationships(Body.one("list", "list").required())
        .document();
  }

  static Schema.Struct document() {
    return Body.of("profile-subscription-bulk-create-job")
        .attributes(
            SOURCE, Body.nestedMany("profiles", PROFILE, 1, MOST_PROFILES).required(), HISTORICAL)
        .relationships(Body.one("list", "list"))
        .document();
  }

  private static Field<?> channel(String name, String struct) {
    return Schema.struct(
            struct,
            PARAMETERS.as("marketing").nullable(),
            PARAMETERS.as("transactional").nullable())
        .as(name)
        .nullable();
  }

  private SubscribeFields() {}
}
