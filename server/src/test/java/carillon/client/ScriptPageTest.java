package carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScriptPageTest {

  private static final int MOST_BYTES = 6 * 1024;

  @Test
  void theScriptIsSmallAndMayBeUsedByAnyPage() {
    var answer = send("GET", "/carillon.js?company_id=ABC123", "").expect(200);

    assertThat(answer.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(MOST_BYTES);
    assertThat(answer.body()).doesNotContain("//").startsWith("(function");
    assertThat(header(answer, "Content-Type")).startsWith("text/javascript");
    assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=3600");
  }

  @Test
  void whoHasItAlreadyIsToldSo() {
    var tag = header(send("GET", "/carillon.js", ""), "ETag");

    assertThat(send("GET", "/carillon.js", tag).expect(304).body()).isEmpty();
    assertThat(send("GET", "/carillon.js", "W/" + tag).status()).isEqualTo(304);
    assertThat(send("GET", "/carillon.js", "\"another\"").status()).isEqualTo(200);
    assertThat(send("POST", "/carillon.js", "").status()).isEqualTo(405);
  }

  private static String header(Answer answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static Answer send(String method, String path, String tag) {
    var request =
        HttpRequest.newBuilder(URI.create(TestServer.shared().url() + path))
            .method(method, BodyPublishers.noBody());
    if (!tag.isEmpty()) {
      request.header("If-None-Match", tag);
    }
    return Shop.send(request.build());
  }
}
