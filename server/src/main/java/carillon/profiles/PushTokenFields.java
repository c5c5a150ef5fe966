package carillon.profiles;

import carillon.jsonapi.Body;
import carillon.jsonapi.Field;
import carillon.jsonapi.Schema;
import tools.jackson.databind.node.ObjectNode;

/** A push token in request bodies. */
public final class PushTokenFields {

  public static final Field<String> TOKEN = Schema.text().length(1, 4096).as("token").required();
  public static final Field<String> PLATFORM =
      Schema.choice("android", "ios").as("platform").required();
  public static final Field<String> VENDOR = Schema.choice("apns", "fcm").as("vendor").required();
  public static final Field<String> ENABLEMENT =
      Schema.choice("AUTHORIZED", "DENIED", "NOT_DETERMINED", "PROVISIONAL", "UNAUTHORIZED")
          .as("enablement_status")
          .nullable();
  public static final Field<String> BACKGROUND =
      Schema.choice("AVAILABLE", "DENIED", "RESTRICTED").as("background").nullable();
  public static final Field<ObjectNode> METADATA =
      Devices.metadata("DeviceMetadata", "device_metadata");

  /** A token among the subscriptions of somebody. */
  public static Schema.Struct entry() {
    return Schema.struct(
        "PushTokenEntry",
        TOKEN,
        PLATFORM,
        VENDOR,
        ENABLEMENT,
        BACKGROUND,
        Devices.metadata("PushTokenDeviceMetadata", "device_metadata"));
  }

  /** The attributes of a token that is registered for a profile, which is part of them. */
  public static Field<?>[] attributes(Schema.Struct profile) {
    return new Field<?>[] {
      TOKEN,
      PLATFORM,
      ENABLEMENT.preset("AUTHORIZED"),
      VENDOR,
      BACKGROUND.preset("AVAILABLE"),
      METADATA,
      Body.nested("profile", profile).required()
    };
  }

  private PushTokenFields() {}
}
