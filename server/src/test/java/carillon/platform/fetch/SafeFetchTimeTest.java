package carillon.platform.fetch;

import static carillon.platform.fetch.Fetches.reason;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.fetch.FetchResult.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class SafeFetchTimeTest {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(5);

  private final ScheduledExecutorService drops = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    drops.shutdownNow();
  }

  /** A byte every few milliseconds, for as long as the other side listens. */
  private void drip(OutputStream out, int letter, CountDownLatch dropped)
      throws InterruptedException {
    drops.scheduleAtFixedRate(
        () -> {
          try {
            out.write(letter);
            out.flush();
          } catch (IOException e) {
            dropped.countDown();
            throw new IllegalStateException(e);
          }
        },
        0,
        5,
        TimeUnit.MILLISECONDS);
    dropped.await();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nX-Header: ",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n"
      })
  void aServerThatDripsIsLeftWhenTheTimeIsUp(String start) throws Exception {
    var dropped = new CountDownLatch(1);
    try (var server =
        RawServer.running((_, _, out) -> {
          out.write(start.getBytes());
          drip(out, 'x', dropped);
        })) {
      var fetch = Fetches.with(new Names(), Fetches.limits(LONG, SHORT));
      var result = fetch.fetch(FetchRequest.get(server.url("127.0.0.1", "/")));
      assertThat(reason(result)).isEqualTo(Reason.TIMEOUT);
      assertThat(dropped.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aHandshakeThatDripsIsLeftToo() throws Exception {
    var dropped = new CountDownLatch(1);
    try (var server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual()
          .start(() -> {
            try (var socket = server.accept()) {
              // The head of a handshake record of 16,000 bytes that never comes to its end.
              socket.getOutputStream().write(new byte[] {22, 3, 3, 62, (byte) 128});
              drip(socket.getOutputStream(), 2, dropped);
            } catch (IOException | InterruptedException e) {
              dropped.countDown();
            }
          });
      var fetch = Fetches.with(new Names(), Fetches.limits(LONG, SHORT));
      var url = "https://127.0.0.1:" + server.getLocalPort() + "/";
      assertThat(reason(fetch.fetch(FetchRequest.get(url)))).isEqualTo(Reason.TIMEOUT);
      assertThat(dropped.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aSilentServerIsLeftAfterTheReadLimit() throws IOException {
    var end = new CountDownLatch(1);
    try (var server = RawServer.running((_, _, _) -> end.await())) {
      var fetch = Fetches.with(new Names(), Fetches.limits(Duration.ofMillis(100), LONG));
      var result = fetch.fetch(FetchRequest.get(server.url("127.0.0.1", "/")));
      assertThat(reason(result)).isEqualTo(Reason.TIMEOUT);
    } finally {
      end.countDown();
    }
  }

  @Test
  void aServerThatDoesNotReadIsLeftWhenTheTimeIsUp() throws IOException {
    var end = new CountDownLatch(1);
    try (var server = RawServer.running((_, _, _) -> end.await())) {
      var fetch = Fetches.with(new Names(), Fetches.limits(LONG, SHORT));
      var url = server.url("127.0.0.1", "/");
      var request = FetchRequest.post(url, "text/plain", new byte[64 * 1024 * 1024]);
      assertThat(reason(fetch.fetch(request))).isEqualTo(Reason.TIMEOUT);
    } finally {
      end.countDown();
    }
  }

  @Test
  void endlessRedirectsShareOneTotal() throws IOException {
    try (var server = RawServer.saying("HTTP/1.1 302 F\r\nLocation: /\r\n\r\n")) {
      var limits = new FetchLimits(LONG, LONG, SHORT, 10, 1000, Integer.MAX_VALUE);
      var fetch = Fetches.with(new Names(), limits);
      var result = fetch.fetch(FetchRequest.get(server.url("127.0.0.1", "/")));
      assertThat(reason(result)).isEqualTo(Reason.TIMEOUT);
    }
  }

  @Test
  void aNameServiceThatHangsIsNotWaitedFor() {
    var end = new CountDownLatch(1);
    HostResolver hanging =
        _ -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return List.of();
        };
    var fetch = Fetches.with(hanging, Fetches.limits(LONG, SHORT));
    assertThat(reason(fetch.fetch(FetchRequest.get("http://slow.example/"))))
        .isEqualTo(Reason.TIMEOUT);
    end.countDown();
  }

  @Test
  void anInterruptedCallerGetsAwayAndStaysInterrupted() throws IOException {
    var end = new CountDownLatch(1);
    try (var server = RawServer.running((_, _, _) -> end.await())) {
      Thread.currentThread().interrupt();
      assertThat(reason(Fetches.get(server))).isEqualTo(Reason.CANCELLED);
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      end.countDown();
    }
  }
}
