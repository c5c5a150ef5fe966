package carillon.campaigns;

import carillon.jsonapi.Field;
import carillon.jsonapi.Schema;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The shapes of what a message says, by channel; they differ a little by verb, as published. */
final class DefinitionSchemas {

  private static final Field<?> LABEL = nullable("label");

  private static final Field<?>[] EMAIL_CONTENT = {
    nullable("subject"),
    nullable("preview_text"),
    nullable("from_email"),
    nullable("from_label"),
    nullable("reply_to_email"),
    nullable("cc_email"),
    nullable("bcc_email")
  };

  private static final Schema.Struct EMAIL =
      Schema.struct(
          "EmailMessageDefinition",
          channel("email"),
          LABEL,
          Schema.struct("EmailContent", EMAIL_CONTENT).as("content").nullable());

  private static final List<Field<?>> RENDER_OPTIONS =
      List.of(
          flag("shorten_links", true),
          flag("add_org_prefix", true),
          flag("add_info_link", true),
          flag("add_opt_out_language", false));

  private static final Schema.Struct SMS_WRITE =
      Schema.struct(
          "SMSMessageDefinitionCreate",
          channel("sms"),
          Schema.struct("SMSContentCreate", nullable("body")).as("content").nullable(),
          new Schema.Struct("RenderOptions", RENDER_OPTIONS).as("render_options").nullable());

  private static final Schema.Struct SMS =
      Schema.struct(
          "SMSMessageDefinition",
          channel("sms"),
          Schema.struct("SMSContent", nullable("body"), nullable("media_url"))
              .as("content")
              .nullable(),
          new Schema.Struct("RenderOptions", RENDER_OPTIONS).as("render_options").nullable());

  private static final Field<?> BUTTONS =
      Schema.items(
              Schema.struct(
                  "PushActionButtonDefinition",
                  Schema.text().as("label").required(),
                  Schema.text().as("action_type").required(),
                  Schema.whole().as("position").nullable(),
                  nullable("url")))
          .as("action_buttons")
          .nullable();

  private static final Field<?> PAIRS = Schema.free().as("kv_pairs");

  private static final Field<?> ON_OPEN =
      Schema.oneOf(
              Schema.struct("PushOnOpenApp", word("type", "open_app")),
              Schema.struct(
                  "PushOnOpenDeepLink",
                  word("type", "deep_link"),
                  nullable("ios_deep_link"),
                  nullable("android_deep_link")),
              Schema.struct("PushOnOpenWebUrl", word("type", "open_web_url"), nullable("web_url")))
          .as("on_open")
          .nullable();

  private static final Field<?> BADGE =
      Schema.oneOf(
              Schema.struct(
                  "MobilePushBadge",
                  display(true),
                  Schema.oneOf(
                          Schema.struct(
                              "CampaignMessageIncrement", word("badge_config", "increment_one")),
                          Schema.struct(
                              "CampaignMessageStaticCount",
                              word("badge_config", "set_count"),
                              Schema.text().as("value").required()),
                          Schema.struct(
                              "CampaignMessageProperty",
                              word("badge_config", "set_property"),
                              Schema.text().as("set_from_property").required()))
                      .as("badge_options")
                      .nullable()),
              Schema.struct("MobilePushNoBadge", display(false)))
          .as("badge")
          .nullable();

  private static final Field<?> OPTIONS =
      Schema.struct("MobilePushOptions", ON_OPEN, BADGE, flag("play_sound", false))
          .as("options")
          .nullable();

  static final Field<JsonNode> CREATE =
      Schema.oneOf(
              EMAIL,
              SMS_WRITE,
              Schema.struct(
                  "MobilePushMessageStandardDefinitionCreate",
                  channel("mobile_push"),
                  pushContent("MobilePushContentCreate", Schema.text().as("body").required())
                      .required(),
                  PAIRS.nullable(),
                  OPTIONS,
                  Schema.choice("standard").as("notification_type").preset("standard")),
              Schema.struct(
                  "MobilePushMessageSilentDefinitionCreate",
                  channel("mobile_push"),
                  PAIRS.nullable(),
                  Schema.choice("silent").as("notification_type").preset("silent")))
          .as("definition")
          .required();

  static final Field<JsonNode> UPDATE =
      Schema.oneOf(
              EMAIL,
              SMS_WRITE,
              Schema.struct(
                  "MobilePushMessageStandardDefinitionUpdate",
                  channel("mobile_push"),
                  PAIRS.nullable(),
                  pushContent("MobilePushContentUpdate", nullable("body")).nullable(),
                  OPTIONS,
                  Schema.choice("standard").as("notification_type").preset("standard")),
              Schema.struct(
                  "MobilePushMessageSilentDefinitionUpdate",
                  channel("mobile_push"),
                  PAIRS,
                  Schema.choice("silent").as("notification_type").preset("silent")))
          .as("definition")
          .nullable();

  static final Field<JsonNode> ANSWER =
      Schema.oneOf(
              EMAIL,
              SMS,
              Schema.struct(
                  "MobilePushMessageStandardDefinition",
                  channel("mobile_push"),
                  word("notification_type", "standard"),
                  pushContent("MobilePushContent", nullable("body")).required(),
                  PAIRS.nullable(),
                  OPTIONS),
              Schema.struct(
                  "MobilePushMessageSilentDefinition",
                  channel("mobile_push"),
                  word("notification_type", "silent"),
                  PAIRS.nullable()))
          .as("definition")
          .nullable();

  static final Field<JsonNode> FLAT_CONTENT =
      Schema.oneOf(
              Schema.struct("EmailContentSubObject", EMAIL_CONTENT),
              Schema.struct("SMSContentSubObject", nullable("body"), nullable("media_url")))
          .as("content")
          .required();

  static final Field<?> FLAT_RENDER_OPTIONS =
      new Schema.Struct("RenderOptionsSubObject", RENDER_OPTIONS).as("render_options").nullable();

  static final Field<?> SEND_TIMES =
      Schema.items(
              Schema.struct(
                  "SendTime",
                  Schema.moment().as("datetime").required(),
                  Schema.bool().as("is_local").required()))
          .as("send_times")
          .nullable();

  private static Field<?> pushContent(String name, Field<?> body) {
    return Schema.struct(name, nullable("title"), body, nullable("dynamic_image"), BUTTONS)
        .as("content");
  }

  private static Field<?> channel(String word) {
    return word("channel", word);
  }

  private static Field<?> word(String name, String word) {
    return Schema.choice(word).as(name).required();
  }

  private static Field<?> nullable(String name) {
    return Schema.text().as(name).nullable();
  }

  private static Field<?> flag(String name, boolean preset) {
    return Schema.bool().as(name).nullable().preset(preset);
  }

  private static Field<?> display(boolean value) {
    return new Schema.Bool(java.util.Optional.of(value)).as("display").required();
  }

  private DefinitionSchemas() {}
}
