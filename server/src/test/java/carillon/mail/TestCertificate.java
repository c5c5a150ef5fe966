package carillon.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost, made on the spot by the JDK's own tool. */
final class TestCertificate {
  private static final String PASSWORD = "changeit";
  private static final KeyStore STORE = make();

  /** For a server that shows the certificate, and for a client that trusts it alone. */
  static SSLContext context() {
    try {
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(STORE, PASSWORD.toCharArray());
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(STORE);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore make() {
    try {
      var folder = Files.createTempDirectory("certificate");
      var file = folder.resolve("store.p12");
      run(
          "-genkeypair -alias relay -keyalg EC -dname CN=localhost -ext SAN=dns:localhost"
              + " -validity 2 -storetype PKCS12 -storepass "
              + PASSWORD
              + " -keystore "
              + file);
      var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
      Files.delete(file);
      Files.delete(folder);
      return withTrust(store);
    } catch (IOException | InterruptedException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore withTrust(KeyStore store) throws GeneralSecurityException {
    store.setCertificateEntry("trusted", store.getCertificate("relay"));
    return store;
  }

  private static void run(String arguments) throws IOException, InterruptedException {
    var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var process = new ProcessBuilder((tool + " " + arguments).split(" ")).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
  }

  private TestCertificate() {}
}
