package carillon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import carillon.jsonapi.Json;
import carillon.platform.db.Database;
import carillon.testing.Eventually;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StartingTest {

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aNodeTellsWhatIsMissingWhileItsDatabaseIsBeingOpened() {
    var port = FreePort.on("127.0.0.1");
    var mayOpen = new CountDownLatch(1);
    var db =
        Database.meanwhile(() -> {
          await(mayOpen);
          return TestDatabase.create();
        });
    var node =
        CompletableFuture.supplyAsync(() ->
            TestServer.start(Map.of("CARILLON_PORT", Integer.toString(port)), db, new TestClock()));

    Eventually.check(
        () -> assertThatCode(() -> get(port, "/health/live")).doesNotThrowAnyException());
    assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
    var before = get(port, "/health/ready");
    assertThat(before.statusCode()).isEqualTo(503);
    assertThat(health(before))
        .isEqualTo(
            Json.read(
                """
                {"status": "not ready", "database": false, "migrations": false, "workers": false}
                """));

    mayOpen.countDown();
    try (var started = node.join()) {
      assertThat(started.port()).isEqualTo(port);
      var after = get(port, "/health/ready");
      assertThat(after.statusCode()).isEqualTo(200);
      assertThat(health(after).get("migrations").booleanValue()).isTrue();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode health(HttpResponse<String> answer) {
    return Json.read(answer.body());
  }

  private HttpResponse<String> get(int port, String path) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
