package carillon.platform.fetch;

import static carillon.platform.fetch.Fetches.fetched;
import static carillon.platform.fetch.Fetches.reason;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.fetch.FetchResult.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeFetchAddressTest {

  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  private RawServer inside;

  @BeforeEach
  void somethingInsideListens() {
    inside = RawServer.running("127.0.0.2", (_, _, out) -> out.write(HELLO.getBytes()));
  }

  @AfterEach
  void close() throws IOException {
    inside.close();
  }

  @Test
  void theNameIsKeptInTheRequestThoughTheSocketGoesToAnAddress() throws IOException {
    try (var server = RawServer.saying(HELLO)) {
      var names = new Names().with("shop.example", "127.0.0.1");
      var url = server.url("shop.example", "/a?b=c");
      var answer = fetched(Fetches.with(names).fetch(FetchRequest.get(url)));
      assertThat(answer.body()).asString().isEqualTo("hello");
      assertThat(answer.successful()).isTrue();
      assertThat(server.heads().getFirst())
          .startsWith("GET /a?b=c HTTP/1.1\r\nHost: shop.example:" + server.port() + "\r\n")
          .contains("Accept-Encoding: identity\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.2",
        "2130706434",
        "[::1]",
        "[::ffff:127.0.0.2]",
        "[::ffff:7f00:2]",
        "inside.example"
      })
  void noSpellingOfAnInsideAddressGetsThrough(String host) {
    var names = new Names().with("inside.example", "127.0.0.2");
    var result = Fetches.with(names).fetch(FetchRequest.get(inside.url(host, "/")));
    assertThat(reason(result)).isEqualTo(Reason.ADDRESS);
    assertThat(inside.connections()).isZero();
  }

  @Test
  void oneForbiddenAddressAmongOthersIsEnough() throws IOException {
    try (var server = RawServer.saying(HELLO)) {
      var names = new Names().with("shop.example", "127.0.0.1", "10.0.0.1");
      var result = Fetches.with(names).fetch(FetchRequest.get(server.url("shop.example", "/")));
      assertThat(reason(result)).isEqualTo(Reason.ADDRESS);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void aNameIsAskedForOnceSoThatItsSecondAnswerIsNeverUsed() throws IOException {
    try (var server = RawServer.saying(HELLO)) {
      var names = new Names().with("evil.example", "127.0.0.1").with("evil.example", "127.0.0.2");
      var result = Fetches.with(names).fetch(FetchRequest.get(server.url("evil.example", "/")));
      assertThat(fetched(result).status()).isEqualTo(200);
      assertThat(names.asked()).containsExactly("evil.example");
    }
  }

  @Test
  void aNameThatChangesDuringARedirectIsVettedAgain() throws IOException {
    try (var server = RawServer.saying("HTTP/1.1 302 F\r\nLocation: /again\r\n\r\n")) {
      var names = new Names().with("evil.example", "127.0.0.1").with("evil.example", "127.0.0.2");
      var result = Fetches.with(names).fetch(FetchRequest.get(server.url("evil.example", "/")));
      assertThat(reason(result)).isEqualTo(Reason.ADDRESS);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aRedirectInsideIsRefused() throws IOException {
    var location = "Location: " + inside.url("127.0.0.2", "/secret");
    try (var server = RawServer.saying("HTTP/1.1 302 F\r\n" + location + "\r\n\r\n")) {
      assertThat(reason(Fetches.get(server))).isEqualTo(Reason.ADDRESS);
      assertThat(inside.connections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)"})
  void aRedirectOutOfTheWebIsRefused(String location) throws IOException {
    try (var server = RawServer.saying("HTTP/1.1 301 M\r\nLocation: " + location + "\r\n\r\n")) {
      assertThat(reason(Fetches.get(server))).isEqualTo(Reason.SCHEME);
    }
  }

  @Test
  void threeRedirectsAreFollowedAndAFourthIsNot() throws IOException {
    try (var server =
        RawServer.running((head, _, out) -> {
          var hop = head.charAt(5) - '0';
          out.write(("HTTP/1.1 307 T\r\nLocation: /" + (hop + 1) + "\r\n\r\n").getBytes());
        })) {
      var result = Fetches.with(new Names()).fetch(FetchRequest.get(server.url("127.0.0.1", "/0")));
      assertThat(reason(result)).isEqualTo(Reason.REDIRECTS);
      assertThat(server.connections()).isEqualTo(4);
    }
  }

  @Test
  void theAnswerTellsWhereItCameFrom() throws IOException {
    try (var server =
        RawServer.running((head, _, out) ->
            out.write(
                (head.startsWith("GET /a ") ? "HTTP/1.1 308 P\r\nLocation: b\r\n\r\n" : HELLO)
                    .getBytes()))) {
      var result = Fetches.with(new Names()).fetch(FetchRequest.get(server.url("127.0.0.1", "/a")));
      assertThat(fetched(result).url()).isEqualTo(server.url("127.0.0.1", "/b"));
    }
  }

  @Test
  void secretsDoNotFollowARedirectToAnotherOrigin() throws IOException {
    try (var other = RawServer.saying(HELLO);
        var server =
            RawServer.saying(
                "HTTP/1.1 302 F\r\nLocation: " + other.url("127.0.0.1", "/") + "\r\n\r\n")) {
      var headers = Map.of("X-Key", "secret", "Accept", "image/*");
      var request = new FetchRequest("GET", server.url("127.0.0.1", "/"), headers, new byte[0]);
      fetched(Fetches.with(new Names()).fetch(request));
      assertThat(server.heads().getFirst()).contains("X-Key: secret", "Accept: image/*");
      assertThat(other.heads().getFirst()).contains("Accept: image/*").doesNotContain("X-Key");
    }
  }

  @Test
  void aPostIsSentWithItsBodyAndNeverRedirected() throws IOException {
    var answer = "HTTP/1.1 307 T\r\nLocation: " + inside.url("127.0.0.2", "/") + "\r\n\r\n";
    try (var server =
        RawServer.running((_, in, out) -> {
          var body = new String(in.readNBytes(2));
          out.write((answer + body).getBytes());
        })) {
      var request =
          FetchRequest.post(server.url("127.0.0.1", "/"), "application/json", "{}".getBytes());
      var result = fetched(Fetches.with(new Names()).fetch(request));
      assertThat(result.status()).isEqualTo(307);
      assertThat(result.body()).asString().isEqualTo("{}");
      assertThat(server.heads().getFirst())
          .startsWith("POST / ")
          .contains("Content-Length: 2\r\n", "Content-Type: application/json\r\n");
    }
  }

  @Test
  void theNextAddressIsTriedWhenOneDoesNotAnswer() throws IOException {
    AddressPolicy anyLoopback = AddressPolicy.withPrivateNetworks();
    try (var server = RawServer.saying(HELLO)) {
      var names = new Names().with("shop.example", "127.0.0.3", "127.0.0.1");
      var fetch = new SafeFetch(names, anyLoopback, FetchLimits.ofBytes(100), () -> null);
      var result = fetch.fetch(FetchRequest.get(server.url("shop.example", "/")));
      assertThat(fetched(result).status()).isEqualTo(200);
    }
  }

  @Test
  void theOperatorMayAllowPrivateNetworks() {
    var request = FetchRequest.get(inside.url("127.0.0.2", "/"));
    var limits = FetchLimits.ofBytes(100);
    assertThat(fetched(new SafeFetch(limits, true).fetch(request)).status()).isEqualTo(200);
    assertThat(reason(new SafeFetch(limits, false).fetch(request))).isEqualTo(Reason.ADDRESS);
    assertThat(inside.connections()).isEqualTo(1);
  }

  @Test
  void aNameWithoutAddressAndADeadPortAreTold() throws IOException {
    HostResolver none = _ -> List.of();
    var fetch = Fetches.with(none, Fetches.limits(Duration.ofSeconds(5), Duration.ofSeconds(5)));
    assertThat(reason(fetch.fetch(FetchRequest.get("http://nowhere.example/"))))
        .isEqualTo(Reason.UNRESOLVED);
    var gone = RawServer.saying(HELLO);
    gone.close();
    assertThat(reason(Fetches.get(gone))).isEqualTo(Reason.UNREACHABLE);
  }
}
