package carillon.profiles;

import carillon.jsonapi.Json;
import carillon.jsonapi.Values;
import carillon.platform.db.Row;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A device that takes push messages.
 *
 * @param facts platform, vendor, enablement_status and background
 * @param device what is known of it
 */
public record PushToken(
    String id,
    String profileId,
    String token,
    Map<String, String> facts,
    ObjectNode device,
    Instant createdAt,
    Instant updatedAt) {

  static final String COLUMNS =
      """
      t.id, t.profile_id, t.token, t.platform, t.vendor, t.enablement_status, t.background,
        t.device, t.created_at, t.updated_at
      """
          .strip();

  private static final int ID_BYTES = 18;

  /** A token somebody brings. */
  public static PushToken of(String profileId, Values attributes, Instant now) {
    var token = attributes.get(PushTokenFields.TOKEN);
    return new PushToken(
        idOf(token),
        profileId,
        token,
        Map.of(
            "platform", attributes.get(PushTokenFields.PLATFORM),
            "vendor", attributes.get(PushTokenFields.VENDOR),
            "enablement_status", attributes.find(PushTokenFields.ENABLEMENT).orElse("AUTHORIZED"),
            "background", attributes.find(PushTokenFields.BACKGROUND).orElse("AVAILABLE")),
        attributes.find(PushTokenFields.METADATA).orElseGet(Json::object),
        now,
        now);
  }

  static PushToken read(Row row) {
    return new PushToken(
        row.text("id"),
        row.text("profile_id"),
        row.text("token"),
        Map.of(
            "platform", row.text("platform"),
            "vendor", row.text("vendor"),
            "enablement_status", row.text("enablement_status"),
            "background", row.text("background")),
        (ObjectNode) row.json("device"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }

  /** The same for the same token always; who knows it cannot write to the device. */
  static String idOf(String token) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      var digest = sha.digest(token.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, ID_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String fact(String name) {
    return facts.get(name);
  }
}
