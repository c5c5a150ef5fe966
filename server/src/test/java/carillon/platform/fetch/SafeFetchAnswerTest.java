package carillon.platform.fetch;

import static carillon.platform.fetch.Fetches.MAX_BYTES;
import static carillon.platform.fetch.Fetches.fetched;
import static carillon.platform.fetch.Fetches.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import carillon.platform.fetch.FetchResult.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeFetchAnswerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 200 OK~Content-Length: 5~~hello                             | hello
          HTTP/1.1 200 OK~Content-Length: 5~~hello and more                    | hello
          HTTP/1.1 200~Content-Length: 5~Content-Length: 5~~hello              | hello
          HTTP/1.0 200 OK~~hello                                               | hello
          HTTP/1.1 100 Continue~~HTTP/1.1 200 OK~Content-Length: 5~~hello      | hello
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~3;x=y~hel~2~lo~0~~       | hello
          HTTP/1.1 200 OK~Transfer-Encoding: Chunked~~5~hello~0~Trailer: x~~   | hello
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~Content-Length: 1~~5~hello~0~~ | hello
          HTTP/1.1 404 Not Found~Content-Length: 2~~no                         | no
          HTTP/1.1 204 No Content~~                                            | ''
          HTTP/1.1 304 Not Modified~Content-Length: 5~~                        | ''
          HTTP/1.1 302 Nowhere~Content-Length: 2~~no                           | no
          HTTP/1.1 200 OK~CONTENT-ENCODING: identity~content-length:2~~no      | no
          """)
  void bodiesAreReadAsTheyAreFramed(String answer, String body) throws IOException {
    try (var server = RawServer.saying(answer.replace("~", "\r\n"))) {
      assertThat(fetched(Fetches.get(server)).body()).asString().isEqualTo(body);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                                   | TRUNCATED
          HTTP/1.1 200 OK~Content-Le                                           | TRUNCATED
          HTTP/1.1 200 OK~Content-Length: 6~~hello                             | TRUNCATED
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~6~hello                  | TRUNCATED
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~                 | TRUNCATED
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~0~               | TRUNCATED
          HTTP/1.1 200 OK~Content-Length: 1001~~hello                          | TOO_LARGE
          HTTP/1.1 200 OK~Content-Length: 999999999999999999~~hello            | TOO_LARGE
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~ffffffff~hello           | TOO_LARGE
          HTTP/1.1 200 OK~Content-Length: -1~~hello                            | MALFORMED
          HTTP/1.1 200 OK~Content-Length: 99999999999999999999~~hello          | MALFORMED
          HTTP/1.1 200 OK~Content-Length: 5, 6~~hello                          | MALFORMED
          HTTP/1.1 200 OK~Content-Length: 5~Content-Length: 6~~hello           | MALFORMED
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello!~0~~             | MALFORMED
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~-1~hello~0~~             | MALFORMED
          HTTP/1.1 200 OK~Transfer-Encoding: chunked~~123456789~hello~0~~      | MALFORMED
          HTTP/1.1 200 OK~Transfer-Encoding: gzip, chunked~~0~~                | MALFORMED
          HTTP/1.1 200 OK~ folded~~                                            | MALFORMED
          HTTP/1.1 200 OK~no header~~                                          | MALFORMED
          HTTP/1.1 999 Odd~~                                                   | MALFORMED
          HTTP/2 200~~                                                         | MALFORMED
          220 mail.example ESMTP~                                              | MALFORMED
          HTTP/1.1 200 OK~Content-Encoding: br~Content-Length: 2~~no           | CODING
          HTTP/1.1 200 OK~Content-Encoding: gzip, gzip~Content-Length: 2~~no   | CODING
          HTTP/1.1 200 OK~Content-Encoding: gzip~Content-Length: 20~~12345678901234567890 | MALFORMED
          """)
  void brokenAnswersAreToldApart(String answer, Reason reason) throws IOException {
    try (var server = RawServer.saying(answer.replace("~", "\r\n"))) {
      assertThat(reason(Fetches.get(server))).isEqualTo(reason);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Content-Length: %d\r\n", "Transfer-Encoding: chunked\r\n"})
  void aBodyMayBeAsLargeAsTheLimitAndNoLarger(String framing) throws IOException {
    try (var server = RawServer.saying(answer(framing, MAX_BYTES))) {
      assertThat(fetched(Fetches.get(server)).body()).hasSize(MAX_BYTES);
    }
    try (var server = RawServer.saying(answer(framing, MAX_BYTES + 1))) {
      assertThat(reason(Fetches.get(server))).isEqualTo(Reason.TOO_LARGE);
    }
  }

  private static String answer(String framing, int size) {
    var body = "x".repeat(size);
    var chunks =
        "1\r\nx\r\n".repeat(size / 2)
            + Integer.toHexString(size - size / 2)
            + "\r\n"
            + "x".repeat(size - size / 2)
            + "\r\n0\r\n\r\n";
    return "HTTP/1.1 200 OK\r\n"
        + framing.formatted(size)
        + "\r\n"
        + (framing.startsWith("Transfer") ? chunks : body);
  }

  @Test
  void anEndlessBodyIsCutOff() throws IOException {
    try (var server =
        RawServer.running((_, _, out) -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes());
          while (true) {
            out.write(new byte[8192]);
          }
        })) {
      assertThat(reason(Fetches.get(server))).isEqualTo(Reason.TOO_LARGE);
    }
  }

  @Test
  void endlessHeadersAreCutOff() throws IOException {
    for (var part : new String[] {"X-Header: y\r\n", "HTTP/1.1 100 C\r\n\r\n", "x"}) {
      try (var server =
          RawServer.running((_, _, out) -> {
            out.write(part.startsWith("HTTP") ? new byte[0] : "HTTP/1.1 200 OK\r\n".getBytes());
            while (true) {
              out.write(part.getBytes());
            }
          })) {
        assertThat(reason(Fetches.get(server))).as(part).isEqualTo(Reason.TOO_LARGE);
      }
    }
  }

  @Test
  void gzipThatNobodyAskedForIsInflatedWithinTheLimit() throws IOException {
    try (var server = RawServer.saying(gzipped(new byte[MAX_BYTES]))) {
      assertThat(fetched(Fetches.get(server)).body()).hasSize(MAX_BYTES);
    }
    try (var server = RawServer.saying(gzipped(new byte[100 * MAX_BYTES]))) {
      assertThat(reason(Fetches.get(server))).isEqualTo(Reason.TOO_LARGE);
    }
    var whole = gzipped(new byte[MAX_BYTES]);
    try (var server = RawServer.saying(Arrays.copyOf(whole, whole.length - 12))) {
      assertThat(reason(Fetches.get(server))).isEqualTo(Reason.TRUNCATED);
    }
  }

  private static byte[] gzipped(byte[] body) throws IOException {
    var out = new ByteArrayOutputStream();
    out.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".getBytes());
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    }
    return out.toByteArray();
  }

  @Test
  void theAnswerToHeadHasNoBody() throws IOException {
    try (var server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n")) {
      var request = new FetchRequest("HEAD", server.url("127.0.0.1", "/"), Map.of(), new byte[0]);
      var answer = fetched(Fetches.with(new Names()).fetch(request));
      assertThat(answer.body()).isEmpty();
      assertThat(answer.header("CONTENT-length")).contains("50000");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | X-A    | 'a\r\nHost: b'
          GET    | 'X A'  | a
          GET    | Host   | b
          GET    | content-LENGTH | 5
          'G T'  | X-A    | a
          """)
  void aRequestThatWouldBeTwoIsNoRequest(String method, String name, String value) {
    var headers = Map.of(name, value.translateEscapes());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FetchRequest(method, "http://shop.example/", headers, new byte[0]));
  }
}
