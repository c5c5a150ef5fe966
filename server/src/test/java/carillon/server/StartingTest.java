package carillon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import carillon.jsonapi.Json;
import carillon.platform.db.Database;
import carillon.testing.Answer;
import carillon.testing.Eventually;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StartingTest {

  @Test
  void aNodeTellsWhatIsMissingWhileItsDatabaseIsBeingOpened() {
    var port = FreePort.on("127.0.0.1");
    var opened = new CompletableFuture<Database>();
    var db = Database.meanwhile(opened::join);
    var node =
        CompletableFuture.supplyAsync(() ->
            TestServer.start(Map.of("CARILLON_PORT", Integer.toString(port)), db, new TestClock()));

    Eventually.check(
        () -> assertThatCode(() -> get(port, "/health/live")).doesNotThrowAnyException());
    assertThat(get(port, "/health/live").status()).isEqualTo(200);
    var before = get(port, "/health/ready");
    assertThat(before.status()).isEqualTo(503);
    assertThat(before.json())
        .isEqualTo(
            Json.read(
                """
                {"status": "not ready", "database": false, "migrations": false, "workers": false}
                """));

    opened.complete(TestDatabase.create());
    try (var started = node.join()) {
      assertThat(started.port()).isEqualTo(port);
      var after = get(port, "/health/ready");
      assertThat(after.status()).isEqualTo(200);
      assertThat(after.json().get("migrations").booleanValue()).isTrue();
    }
  }

  private static Answer get(int port, String path) {
    return Shop.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build());
  }
}
