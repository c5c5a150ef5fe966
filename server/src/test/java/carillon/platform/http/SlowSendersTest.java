package carillon.platform.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.TestClock;
import carillon.testing.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SlowSendersTest {

  private static final int MORE_THAN_ARE_WORKED_ON_AT_ONCE = 300;

  @Test
  @Timeout(40)
  void whoAnnouncesABodyAndSendsNothingKeepsNobodyWaiting() throws IOException {
    try (var server = TestServer.start(Map.of(), new TestClock())) {
      var shop = TestServer.shop(server);
      var idle = new ArrayList<Socket>();
      try {
        for (int i = 0; i < MORE_THAN_ARE_WORKED_ON_AT_ONCE; i++) {
          idle.add(announce(server.port(), i % 2 == 0 ? 100 : 1_000_000));
        }

        shop.get("/api/accounts").expect(200);
        shop.post("/api/tags", "{\"data\": {\"type\": \"tag\", \"attributes\": {\"name\": \"A\"}}}")
            .expect(201);
      } finally {
        for (var socket : idle) {
          socket.close();
        }
      }
    }
  }

  @Test
  void aBodyMayPauseButMustComeAtAPaceInTheEnd() {
    assertThat(BodyPace.isTooSlow(Duration.ofSeconds(10), 1)).isFalse();
    assertThat(BodyPace.isTooSlow(Duration.ofSeconds(11), 1)).isTrue();
    assertThat(BodyPace.isTooSlow(Duration.ofSeconds(11), 16 * 1024)).isFalse();
    assertThat(BodyPace.isTooSlow(Duration.ofSeconds(50), 600_000)).isTrue();
    assertThat(BodyPace.isTooSlow(Duration.ofSeconds(50), 700_000)).isFalse();
  }

  private static Socket announce(int port, int length) throws IOException {
    var socket = new Socket("127.0.0.1", port);
    var head =
        List.of(
            "POST /api/tags HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            "Content-Length: " + length,
            "",
            "{");
    socket.getOutputStream().write(String.join("\r\n", head).getBytes(US_ASCII));
    return socket;
  }
}
