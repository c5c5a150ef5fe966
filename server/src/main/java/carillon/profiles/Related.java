package carillon.profiles;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Field;
import carillon.jsonapi.Json;
import carillon.jsonapi.Relation;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.platform.db.Queries;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Relations of a profile to devices, and to conversations, which nothing can begin yet. */
final class Related {

  private static final Field<ObjectNode> METADATA = Devices.metadata("metadata", "metadata");

  static final ResourceType<PushToken> PUSH_TOKEN =
      ResourceType.of(
              "push-token",
              "push-tokens",
              PushToken::id,
              List.<Attribute<PushToken>>of(
                  Attribute.of(Schema.moment().as("created").required(), PushToken::createdAt),
                  Attribute.of(Schema.text().as("token").required(), PushToken::token),
                  fact(
                      Schema.choice(
                              "AUTHORIZED",
                              "DENIED",
                              "NOT_DETERMINED",
                              "PROVISIONAL",
                              "UNAUTHORIZED")
                          .as("enablement_status")),
                  fact(Schema.choice("android", "ios").as("platform")),
                  fact(Schema.text().as("vendor")),
                  fact(Schema.text().as("background")),
                  Attribute.of(
                      Schema.text().as("recorded_date").required(),
                      token -> Json.print(token.updatedAt())),
                  Attribute.of(METADATA, Related::metadata)))
          .with(List.of(Relation.one("profile", "profile")));

  static final ResourceType<ObjectNode> CONVERSATION =
      ResourceType.of(
              "conversation",
              "conversations",
              (ObjectNode row) -> row.get("id").stringValue(),
              List.<Attribute<ObjectNode>>of(
                  Attribute.of(
                      Schema.choice("instagram", "sms", "whatsapp").as("channel").required(),
                      row -> row.get("channel"))))
          .with(List.of(Relation.one("profile", "profile")));

  static final Relation<Profile> CONVERSATIONS =
      Relation.<Profile>one("conversation", "conversation")
          .includable(() -> CONVERSATION, (_, _, _) -> Map.of())
          .untold();

  /** The devices of profiles. */
  static Relation<Profile> pushTokens(PushTokens tokens) {
    return Relation.<Profile>many("push-tokens", "push-token")
        .includable(
            () -> PUSH_TOKEN,
            (caller, rows, _) ->
                tokens.of(caller.account(), rows.stream().map(Profile::id).toList()));
  }

  /** Which of the profiles have a device that may show messages. */
  static Set<String> withDevice(Queries db, String account, Collection<String> profileIds) {
    return Set.copyOf(
        db.sql(
                """
                select distinct profile_id from push_token
                where account_id = :account and profile_id = any(:ids)
                  and enablement_status in ('AUTHORIZED', 'PROVISIONAL')
                """)
            .bind("account", account)
            .array("ids", "text", profileIds)
            .list(row -> row.text("profile_id")));
  }

  private static Attribute<PushToken> fact(Field<?> field) {
    return Attribute.of(field.required(), token -> token.fact(field.name()));
  }

  private static ObjectNode metadata(PushToken token) {
    return ProfileAttributes.nulls((Schema.Struct) METADATA.schema()).setAll(token.device());
  }

  private Related() {}
}
