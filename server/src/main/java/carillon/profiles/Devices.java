package carillon.profiles;

import carillon.jsonapi.Field;
import carillon.jsonapi.Schema;
import tools.jackson.databind.node.ObjectNode;

/** What is told and asked of a device, alike wherever it appears. */
public final class Devices {

  /** Facts about a device, under the name and in the struct they are published as. */
  public static Field<ObjectNode> metadata(String struct, String name) {
    return Schema.struct(
            struct,
            text("device_id"),
            choice(
                "klaviyo_sdk", "android", "flutter", "flutter_community", "react_native", "swift"),
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
        .as(name)
        .nullable();
  }

  private static Field<String> text(String name) {
    return Schema.text().as(name).nullable();
  }

  private static Field<String> choice(String name, String... words) {
    return Schema.choice(words).as(name).nullable();
  }

  private Devices() {}
}
