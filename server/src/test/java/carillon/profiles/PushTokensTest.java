package carillon.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PushTokensTest {

  private final Shop shop = TestServer.shop();

  @Test
  void aTokenIsRegisteredForSomebodyNewOrKnown() {
    assertThat(register("abc:def/ghi", "\"email\": \"ada@example.com\"").expect(202).body())
        .isEmpty();

    var token = shop.get("/api/push-tokens?include=profile").expect(200);
    assertThat(token.attributes("token")).containsExactly("abc:def/ghi");
    assertThat(token.attributes("enablement_status")).containsExactly("AUTHORIZED");
    assertThat(token.attributes("background")).containsExactly("AVAILABLE");
    assertThat(token.text("/data/0/attributes/metadata/os_name")).isEqualTo("ios");
    assertThat(token.at("/data/0/attributes/metadata/app_id").isNull()).isTrue();
    assertThat(token.text("/included/0/attributes/email")).isEqualTo("ada@example.com");
    var id = token.ids().getFirst();
    var owner = token.text("/included/0/id");
    assertThat(shop.get("/api/push-tokens/" + id).expect(200).id()).isEqualTo(id);
    assertThat(shop.get("/api/push-tokens/" + id + "/relationships/profile").expect(200).id())
        .isEqualTo(owner);
    var profile =
        shop.get("/api/push-tokens/" + id + "/profile?additional-fields[profile]=subscriptions")
            .expect(200);
    assertThat(profile.id()).isEqualTo(owner);
    assertThat(profile.text("/data/attributes/subscriptions/mobile_push/marketing/consent"))
        .isEqualTo("NEVER_SUBSCRIBED");
    assertThat(shop.get("/api/profiles/" + owner + "/push-tokens").expect(200).ids())
        .containsExactly(id);
    assertThat(shop.get("/api/profiles/" + owner + "/relationships/push-tokens").ids())
        .containsExactly(id);
    assertThat(shop.get("/api/profiles/" + owner + "?include=push-tokens").text("/included/0/id"))
        .isEqualTo(id);
  }

  @Test
  void aTokenMovesToWhoBringsItAndKeepsItsId() {
    register("one", "\"email\": \"ada@example.com\"").expect(202);
    var id = shop.get("/api/push-tokens").ids().getFirst();

    register("one", "\"email\": \"bo@example.com\", \"first_name\": \"Bo\"").expect(202);

    assertThat(shop.get("/api/push-tokens").ids()).containsExactly(id);
    var owner = shop.get("/api/push-tokens/" + id + "/profile").expect(200);
    assertThat(owner.text("/data/attributes/email")).isEqualTo("bo@example.com");
    assertThat(owner.text("/data/attributes/first_name")).isEqualTo("Bo");
  }

  @Test
  void manyWhoBringTheSameTokenAtOnceLeaveItWithOne() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 8)
              .mapToObj(
                  i -> threads.submit(() -> register("same", "\"external_id\": \"p" + i + "\"")))
              .toList();
      for (var one : all) {
        assertThat(one.get().status()).isEqualTo(202);
      }
    }
    assertThat(shop.get("/api/push-tokens").ids()).hasSize(1);
  }

  @Test
  void tokensAreFoundByTheirFacts() {
    register("one", "\"email\": \"ada@example.com\"").expect(202);
    var other =
        body("two", "\"email\": \"bo@example.com\"")
            .replace("\"ios\",", "\"android\", \"enablement_status\": \"DENIED\",");
    shop.post("/api/push-tokens", other).expect(202);
    var ada =
        shop.get("/api/profiles?filter=" + Shop.encoded("equals(email,\"ada@example.com\")"))
            .ids()
            .getFirst();

    assertThat(found("equals(profile.id,\"" + ada + "\")")).containsExactly("one");
    assertThat(found("equals(platform,\"android\")")).containsExactly("two");
    assertThat(found("equals(enablement_status,\"AUTHORIZED\")")).containsExactly("one");
    var id = shop.get("/api/push-tokens").ids().getFirst();
    assertThat(found("equals(id,\"" + id + "\")")).hasSize(1);
    shop.get("/api/push-tokens?filter=" + Shop.encoded("equals(platform,\"pigeon\")")).expect(400);
    var page = shop.get("/api/push-tokens?page[size]=1").expect(200);
    assertThat(shop.follow(page.text("/links/next")).ids()).hasSize(1);
  }

  @Test
  void aDeletedTokenIsGone() {
    register("one", "\"email\": \"ada@example.com\"").expect(202);
    var id = shop.get("/api/push-tokens").ids().getFirst();

    shop.delete("/api/push-tokens/" + id).expect(204);

    shop.delete("/api/push-tokens/" + id).expect(404);
    assertThat(shop.get("/api/push-tokens/" + id).expect(404).details())
        .containsExactly("A push token with id " + id + " does not exist.");
    assertThat(shop.get("/api/profiles").ids()).hasSize(1);
  }

  @Test
  void aTokenNeedsSomebody() {
    register("one", "\"first_name\": \"Ada\"").expect(400);
    shop.post("/api/push-tokens", body("", "\"email\": \"ada@example.com\"")).expect(400);
    var nobody =
        body("one", "\"first_name\": \"Ada\"")
            .replace("\"type\": \"profile\",", "\"type\": \"profile\", \"id\": \"NOPE\",");
    shop.post("/api/push-tokens", nobody).expect(404);
    shop.get("/api/profiles/NOPE/push-tokens").expect(404);
  }

  @Test
  void nobodyHasAConversationAndNothingCanBeSaidInOne() {
    register("one", "\"email\": \"ada@example.com\"").expect(202);
    var ada = shop.get("/api/profiles").ids().getFirst();

    for (var path : java.util.List.of("/conversation", "/relationships/conversation")) {
      var answer = shop.get("/api/profiles/" + ada + path).expect(200);
      assertThat(answer.at("/data").isNull()).isTrue();
      shop.get("/api/profiles/NOPE" + path).expect(404);
    }
    var said =
        shop.post(
            "/api/conversation-messages",
            """
            {"data": {"type": "conversation-message", "attributes": {"body": "Hello"},
              "relationships": {"conversation": {"data": {"type": "conversation", "id": "1"}}}}}
            """);
    assertThat(said.expect(403).text("/errors/0/code")).isEqualTo("forbidden");
  }

  private java.util.List<String> found(String filter) {
    return shop.get("/api/push-tokens?filter=" + Shop.encoded(filter))
        .expect(200)
        .attributes("token");
  }

  private Answer register(String token, String profile) {
    return shop.post("/api/push-tokens", body(token, profile));
  }

  private static String body(String token, String profile) {
    return """
    {"data": {"type": "push-token", "attributes": {"token": "%s", "platform": "ios",
      "vendor": "apns", "device_metadata": {"os_name": "ios"},
      "profile": {"data": {"type": "profile", "attributes": {%s}}}}}}
    """
        .formatted(token, profile);
  }
}
