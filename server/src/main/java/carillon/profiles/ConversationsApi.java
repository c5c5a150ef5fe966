package carillon.profiles;

import static carillon.jsonapi.RateLimit.S;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Body;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The operations on conversations. One begins with an inbound text, and this server takes none: so
 * nobody has one, and nothing can be said in one.
 */
public final class ConversationsApi {

  private static final ResourceType<String> MESSAGE =
      ResourceType.of("conversation-message", "conversation-messages", id -> id, List.of());

  private final Profiles profiles;

  public ConversationsApi(Profiles profiles) {
    this.profiles = profiles;
  }

  public Stream<Operation> operations() {
    return Stream.of(
        reading(
                Related.CONVERSATION.get(
                    "get_conversation_for_profile",
                    "/api/profiles/{id}/conversation",
                    "Get the conversation with a profile"))
            .aliases("get_profile_conversation")
            .to(request -> {
              check(request);
              return Reply.rowOrNull(Optional.empty());
            }),
        reading(
                Related.CONVERSATION.linkage(
                    "get_conversation_id_for_profile",
                    "/api/profiles/{id}/relationships/conversation",
                    "Get the id of the conversation with a profile"))
            .aliases("get_profile_relationships_conversation")
            .to(request -> {
              check(request);
              return new Reply.Id(Optional.empty());
            }),
        MESSAGE
            .accept(
                "create_conversation_message",
                "/api/conversation-messages",
                "Say something in a conversation")
            .group("Conversations")
            .scopes("conversations:write")
            .limit(S)
            .effect(Operation.Effect.REACHES_PEOPLE)
            .body(
                Body.of("conversation-message")
                    .attributes(Schema.text().as("body").required())
                    .requiredRelationships(Body.one("conversation", "conversation").required()))
            .to(_ -> {
              throw ApiError.of(
                  Fault.Code.FORBIDDEN, "Company is not able to send conversation messages");
            }));
  }

  private static OperationBuilder reading(OperationBuilder operation) {
    return operation.group("Profiles").scopes("conversations:read", "profiles:read").limit(S);
  }

  /** 404 for a profile that is not there. */
  private void check(Request request) {
    profiles.get(request.account(), request.id());
  }
}
