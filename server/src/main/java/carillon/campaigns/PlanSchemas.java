package carillon.campaigns;

import carillon.jsonapi.Field;
import carillon.jsonapi.Schema;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The shapes of audiences, strategies and options, in bodies and answers. */
final class PlanSchemas {

  static final Field<ObjectNode> AUDIENCES =
      Schema.struct(
              "Audiences",
              ids().size(1, 1000).as("included").required(),
              ids().size(0, 1000).as("excluded").nullable())
          .as("audiences")
          .required();

  static final Field<ObjectNode> AUDIENCES_UPDATE =
      Schema.struct(
              "AudiencesUpdate",
              ids().size(1, 1000).as("included").nullable(),
              ids().size(0, 1000).as("excluded").nullable())
          .as("audiences")
          .nullable();

  private static final Field<?> DATETIME = Schema.moment().as("datetime").required();

  private static final Schema<?> STATIC =
      Schema.struct(
          "StaticSendStrategy",
          method("static"),
          DATETIME,
          Schema.oneOf(
                  Schema.struct(
                      "LocalStaticSend",
                      only("is_local", true),
                      Schema.bool().as("send_past_recipients_immediately").preset(false)),
                  Schema.struct("NonLocalStaticSend", only("is_local", false)))
              .as("options")
              .nullable());

  private static final Schema<?> THROTTLED =
      Schema.struct(
          "ThrottledSendStrategy",
          method("throttled"),
          DATETIME,
          new Schema.WholeChoice(List.of(10, 11, 13, 14, 17, 20, 25, 33, 50))
              .as("throttle_percentage")
              .required());

  private static final Schema<?> IMMEDIATE =
      Schema.struct("ImmediateSendStrategy", method("immediate"));

  private static final Schema<?> SMART_TIME =
      Schema.struct(
          "SmartSendTimeStrategy",
          method("smart_send_time"),
          new Schema.Day().as("date").required());

  static final Field<JsonNode> STRATEGY =
      Schema.oneOf(STATIC, THROTTLED, IMMEDIATE, SMART_TIME).as("send_strategy").nullable();

  static final Field<JsonNode> STRATEGY_ANSWER =
      Schema.oneOf(
              STATIC,
              SMART_TIME,
              THROTTLED,
              IMMEDIATE,
              Schema.struct("ABTestSendStrategy", method("ab_test_campaign")),
              Schema.struct("UnsupportedSendStrategy", method("unsupported")))
          .as("send_strategy")
          .required();

  static final Field<Boolean> SMART_SENDING =
      Schema.bool().as("use_smart_sending").nullable().preset(true);

  static final Field<JsonNode> SEND_OPTIONS =
      Schema.oneOf(
              Schema.struct("EmailSendOptions", SMART_SENDING),
              Schema.struct("SMSSendOptions", SMART_SENDING),
              Schema.struct("PushSendOptions", SMART_SENDING))
          .as("send_options")
          .nullable();

  static final Field<JsonNode> SEND_OPTIONS_ANSWER =
      new Field<>(
          "send_options",
          SEND_OPTIONS.schema(),
          true,
          false,
          SEND_OPTIONS.preset(),
          SEND_OPTIONS.tidy());

  static final Field<Boolean> ADD_PARAMS = Schema.bool().as("add_tracking_params").nullable();

  static final Field<List<JsonNode>> CUSTOM_PARAMS =
      Schema.items(
              Schema.oneOf(
                  Schema.struct(
                      "DynamicTrackingParam",
                      Schema.choice("dynamic").as("type").required(),
                      Schema.choice(
                              "campaign_id",
                              "campaign_name",
                              "campaign_name_id",
                              "campaign_name_send_day",
                              "email_subject",
                              "group_id",
                              "group_name",
                              "group_name_id",
                              "link_alt_text",
                              "message_type",
                              "profile_external_id",
                              "profile_id")
                          .as("value")
                          .required(),
                      paramName()),
                  Schema.struct(
                      "StaticTrackingParam",
                      Schema.choice("static").as("type").required(),
                      Schema.text().as("value").required(),
                      paramName())))
          .as("custom_tracking_params")
          .nullable();

  static final Field<Boolean> CLICKS = Schema.bool().as("is_tracking_clicks").nullable();
  static final Field<Boolean> OPENS = Schema.bool().as("is_tracking_opens").nullable();

  static final Field<JsonNode> TRACKING =
      Schema.oneOf(
              Schema.struct(
                  "CampaignsEmailTrackingOptions", ADD_PARAMS, CUSTOM_PARAMS, CLICKS, OPENS),
              Schema.struct("CampaignsSMSTrackingOptions", ADD_PARAMS, CUSTOM_PARAMS))
          .as("tracking_options")
          .nullable();

  private static Schema.Items<String> ids() {
    return Schema.items(Schema.text());
  }

  private static Field<?> method(String word) {
    return Schema.choice(word).as("method").required();
  }

  private static Field<?> only(String name, boolean value) {
    return new Schema.Bool(java.util.Optional.of(value)).as(name).required();
  }

  private static Field<?> paramName() {
    return Schema.text().length(1, 255).as("name").required();
  }

  private PlanSchemas() {}
}
