package carillon.campaigns;

import carillon.accounts.Account;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Completes the definition of a message: what was left out gets its default, or null. */
final class Definitions {

  private static final List<String> EMAIL_TEXTS =
      List.of(
          "subject",
          "preview_text",
          "from_email",
          "from_label",
          "reply_to_email",
          "cc_email",
          "bcc_email");

  private static final Map<String, Boolean> RENDER_OPTIONS =
      Map.of(
          "shorten_links", true,
          "add_org_prefix", true,
          "add_info_link", true,
          "add_opt_out_language", false);

  /** A new message's. */
  static ObjectNode complete(JsonNode written, String campaignName, Account account) {
    return switch (channel(written)) {
      case "sms" -> sms(written);
      case "mobile_push" -> push(written, isSilent(written, written.hasNonNull("content")));
      default -> email(written, campaignName, account);
    };
  }

  /** One that replaces another as a whole; the channel stays. */
  static ObjectNode replace(
      ObjectNode before, JsonNode written, String campaignName, Account account) {
    if (!channel(before).equals(channel(written))) {
      throw ApiError.invalid(
          "/data/attributes/definition/channel",
          "The channel of a campaign message cannot be changed.");
    }
    if (!channel(written).equals("mobile_push")) {
      return complete(written, campaignName, account);
    }
    var standard =
        written.hasNonNull("content") || written.hasNonNull("options") || !isSilent(before, true);
    return push(written, isSilent(written, standard));
  }

  private static boolean isSilent(JsonNode definition, boolean standard) {
    return definition
        .path("notification_type")
        .asString(standard ? "standard" : "silent")
        .equals("silent");
  }

  static String channel(JsonNode definition) {
    return definition.get("channel").stringValue();
  }

  private static ObjectNode email(JsonNode written, String campaignName, Account account) {
    var email = Json.object().put("channel", "email");
    email.put("label", text(written, "label", campaignName));
    var content = email.putObject("content");
    EMAIL_TEXTS.forEach(name -> copy(content, written.path("content"), name));
    content.put("from_email", text(content, "from_email", account.sender().email()));
    content.put("from_label", text(content, "from_label", account.sender().name()));
    return email;
  }

  private static ObjectNode sms(JsonNode written) {
    var sms = Json.object().put("channel", "sms");
    var content = sms.putObject("content");
    copy(content, written.path("content"), "body");
    content.putNull("media_url");
    var options = sms.putObject("render_options");
    RENDER_OPTIONS.forEach((name, preset) ->
        options.put(name, written.path("render_options").path(name).asBoolean(preset)));
    return sms;
  }

  private static ObjectNode push(JsonNode written, boolean silent) {
    var push = Json.object().put("channel", "mobile_push");
    push.put("notification_type", silent ? "silent" : "standard");
    copy(push, written, "kv_pairs");
    if (!silent) {
      var content = push.putObject("content");
      List.of("title", "body", "dynamic_image", "action_buttons")
          .forEach(name -> copy(content, written.path("content"), name));
      var options = push.putObject("options");
      copy(options, written.path("options"), "on_open");
      copy(options, written.path("options"), "badge");
      options.put("play_sound", written.path("options").path("play_sound").asBoolean(false));
    }
    return push;
  }

  private static void copy(ObjectNode to, JsonNode from, String name) {
    to.set(name, from.hasNonNull(name) ? from.get(name) : Json.MAPPER.nullNode());
  }

  private static String text(JsonNode of, String name, String preset) {
    var text = of.path(name).asString("");
    return text.isBlank() ? (preset.isEmpty() ? null : preset) : text;
  }

  private Definitions() {}
}
