package carillon.profiles;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Field;
import carillon.jsonapi.Relation;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Relations of a profile to what nothing can register yet: devices and conversations. */
final class Related {

  private static final Field<ObjectNode> METADATA =
      Schema.struct(
              "metadata",
              text("device_id"),
              choice(
                  "klaviyo_sdk",
                  "android",
                  "flutter",
                  "flutter_community",
                  "react_native",
                  "swift"),
              text("sdk_version"),
              text("device_model"),
              choice("os_name", "android", "ios", "ipados", "macos", "tvos"),
              text("os_version"),
              text("manufacturer"),
              text("app_name"),
              text("app_version"),
              text("app_build"),
              text("app_id"),
              choice("environment", "debug", "release"))
          .as("metadata");

  private static final ResourceType<ObjectNode> PUSH_TOKEN =
      type(
          "push-token",
          Schema.moment().as("created").required(),
          Schema.text().as("token").required(),
          Schema.choice("AUTHORIZED", "DENIED", "NOT_DETERMINED", "PROVISIONAL", "UNAUTHORIZED")
              .as("enablement_status")
              .required(),
          Schema.choice("android", "ios").as("platform").required(),
          Schema.text().as("vendor").required(),
          Schema.text().as("background").required(),
          Schema.text().as("recorded_date").required(),
          METADATA);

  private static final ResourceType<ObjectNode> CONVERSATION =
      type("conversation", Schema.choice("instagram", "sms", "whatsapp").as("channel").required());

  static final Relation<Profile> PUSH_TOKENS =
      Relation.<Profile>many("push-tokens", "push-token")
          .includable(() -> PUSH_TOKEN, (_, _, _) -> Map.of());

  static final Relation<Profile> CONVERSATIONS =
      Relation.<Profile>one("conversation", "conversation")
          .includable(() -> CONVERSATION, (_, _, _) -> Map.of())
          .untold();

  private static ResourceType<ObjectNode> type(String name, Field<?>... fields) {
    List<Attribute<ObjectNode>> attributes =
        Stream.of(fields)
            .map(field -> Attribute.of(field, (ObjectNode row) -> row.get(field.name())))
            .toList();
    return ResourceType.of(
            name, name + "s", (ObjectNode row) -> row.get("id").stringValue(), attributes)
        .with(List.of(Relation.one("profile", "profile")));
  }

  private static Field<String> text(String name) {
    return Schema.text().as(name).nullable();
  }

  private static Field<String> choice(String name, String... words) {
    return Schema.choice(words).as(name).nullable();
  }

  private Related() {}
}
