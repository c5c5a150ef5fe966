package carillon.platform.fetch;

import static carillon.platform.fetch.Fetches.fetched;
import static carillon.platform.fetch.Fetches.reason;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.fetch.FetchResult.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFetchTlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private static final List<String> asked = new CopyOnWriteArrayList<>();

  private static SSLContext context;
  private static RawServer server;

  @BeforeAll
  static void aCertificateForOneShop(@TempDir Path folder) throws Exception {
    var file = folder.resolve("shop.p12");
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "shop",
                "-keyalg",
                "EC",
                "-dname",
                "CN=shop",
                "-ext",
                "san=dns:shop.example,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor()).as(new String(keytool.getInputStream().readAllBytes())).isZero();
    context = context(file);
    server =
        RawServer.running(
            listening(),
            (_, _, out) -> out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi".getBytes()));
  }

  /** A server that notes which names it is asked for. */
  private static SSLServerSocket listening() throws IOException {
    var loopback = InetAddress.ofLiteral("127.0.0.1");
    var socket =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, loopback);
    var parameters = socket.getSSLParameters();
    parameters.setSNIMatchers(
        List.of(
            new SNIMatcher(StandardConstants.SNI_HOST_NAME) {
              @Override
              public boolean matches(SNIServerName name) {
                return asked.add(new SNIHostName(name.getEncoded()).getAsciiName());
              }
            }));
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static SSLContext context(Path file) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    var keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD);
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("shop", store.getCertificate("shop"));
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  @AfterAll
  static void close() throws IOException {
    server.close();
  }

  private static FetchResult get(String host, SSLSocketFactory trust) {
    var names = new Names().with("shop.example", "127.0.0.1").with("other.example", "127.0.0.1");
    var limits = Fetches.limits(Duration.ofSeconds(10), Duration.ofSeconds(20));
    return new SafeFetch(names, Fetches.ONE_LOOPBACK, limits, () -> trust)
        .fetch(FetchRequest.get("https://" + host + ":" + server.port() + "/"));
  }

  @Test
  void theNameIsAskedForAndTheCertificateHeldAgainstIt() {
    asked.clear();
    var trust = context.getSocketFactory();
    assertThat(fetched(get("shop.example", trust)).body()).asString().isEqualTo("hi");
    assertThat(fetched(get("Shop.Example.", trust)).body()).asString().isEqualTo("hi");
    assertThat(fetched(get("127.0.0.1", trust)).body()).asString().isEqualTo("hi");
    assertThat(reason(get("other.example", trust))).isEqualTo(Reason.TLS);
    assertThat(asked).containsExactly("shop.example", "shop.example", "other.example");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() {
    var trust = (SSLSocketFactory) SSLSocketFactory.getDefault();
    assertThat(reason(get("shop.example", trust))).isEqualTo(Reason.TLS);
  }

  @Test
  void aServerWithoutTlsIsRefused() throws IOException {
    try (var plain = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual()
          .start(() -> {
            try (var socket = plain.accept()) {
              socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
              socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
              // The other side may leave whenever it likes.
              return;
            }
          });
      var url = "https://127.0.0.1:" + plain.getLocalPort() + "/";
      assertThat(reason(Fetches.with(new Names()).fetch(FetchRequest.get(url))))
          .isEqualTo(Reason.TLS);
    }
  }
}
