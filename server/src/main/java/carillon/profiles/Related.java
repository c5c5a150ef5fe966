package carillon.profiles;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Field;
import carillon.jsonapi.Json;
import carillon.jsonapi.Relation;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.platform.db.Database;
import carillon.platform.db.Queries;
import carillon.platform.db.Row;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Relations of a profile to devices, and to conversations, which nothing can begin yet. */
final class Related {

  private static final Field<ObjectNode> METADATA = Devices.metadata("metadata", "metadata");

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

  static final Relation<Profile> CONVERSATIONS =
      Relation.<Profile>one("conversation", "conversation")
          .includable(() -> CONVERSATION, (_, _, _) -> Map.of())
          .untold();

  /** The devices of profiles. */
  static Relation<Profile> pushTokens(Database db) {
    return Relation.<Profile>many("push-tokens", "push-token")
        .includable(() -> PUSH_TOKEN, (caller, rows, _) -> pushTokens(db, caller.account(), rows));
  }

  private static Map<String, List<ObjectNode>> pushTokens(
      Database db, String account, Collection<Profile> profiles) {
    return db
        .sql(
            """
            select profile_id, token, platform, vendor, enablement_status, background, device,
              created_at, updated_at
            from push_token where account_id = :account and profile_id = any(:ids)
            order by created_at, token
            """)
        .bind("account", account)
        .array("ids", "text", profiles.stream().map(Profile::id).toList())
        .list(row -> Map.entry(row.text("profile_id"), pushToken(row)))
        .stream()
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }

  /** Which of the profiles have a device. */
  static Set<String> withDevice(Queries db, String account, Collection<String> profileIds) {
    return Set.copyOf(
        db.sql(
                """
                select distinct profile_id from push_token
                where account_id = :account and profile_id = any(:ids)
                """)
            .bind("account", account)
            .array("ids", "text", profileIds)
            .list(row -> row.text("profile_id")));
  }

  private static ObjectNode pushToken(Row row) {
    var token = Json.object().put("id", row.text("token"));
    for (var name : List.of("token", "platform", "vendor", "enablement_status", "background")) {
      token.put(name, row.text(name));
    }
    token.put("created", Json.print(row.instant("created_at")));
    token.put("recorded_date", Json.print(row.instant("updated_at")));
    var device = row.json("device");
    var metadata = token.putObject("metadata");
    ((Schema.Struct) METADATA.schema())
        .fields()
        .forEach(field ->
            metadata.set(
                field.name(),
                device.has(field.name()) ? device.get(field.name()) : Json.MAPPER.nullNode()));
    return token;
  }

  private static ResourceType<ObjectNode> type(String name, Field<?>... fields) {
    List<Attribute<ObjectNode>> attributes =
        Stream.of(fields)
            .map(field -> Attribute.of(field, (ObjectNode row) -> row.get(field.name())))
            .toList();
    return ResourceType.of(
            name, name + "s", (ObjectNode row) -> row.get("id").stringValue(), attributes)
        .with(List.of(Relation.one("profile", "profile")));
  }

  private Related() {}
}
