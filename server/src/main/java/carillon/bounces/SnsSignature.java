package carillon.bounces;

import carillon.platform.fetch.FetchResult;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Tells whether Amazon SNS signed a message. The certificate is fetched from where the message
 * says, if that is a host of SNS: the connection vouches for it.
 */
final class SnsSignature {

  private static final String HOST = "https://sns\\.[a-z0-9-]{3,30}\\.amazonaws\\.com(?:\\.cn)?/";
  private static final Pattern CERTIFICATE =
      Pattern.compile(HOST + "SimpleNotificationService-[0-9A-Za-z]{1,64}\\.pem");
  private static final Pattern ANY = Pattern.compile(HOST + "\\S{0,3000}");
  private static final List<String> OF_NOTIFICATION =
      List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
  private static final List<String> OF_CONFIRMATION =
      List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

  private final Function<String, FetchResult> fetch;
  private final Clock clock;
  private final Cache<String, X509Certificate> certificates =
      Caffeine.newBuilder().maximumSize(20).build();

  SnsSignature(Function<String, FetchResult> fetch, Clock clock) {
    this.fetch = fetch;
    this.clock = clock;
  }

  /** Whether a URL leads to Amazon SNS. */
  static boolean isOfAmazon(String url) {
    return ANY.matcher(url).matches();
  }

  /**
   * Whether SNS signed it.
   *
   * @throws IllegalStateException when the certificate cannot be fetched just now
   */
  boolean valid(JsonNode message) {
    var algorithm =
        switch (Payload.text(message, "SignatureVersion")) {
          case "1" -> Optional.of("SHA1withRSA");
          case "2" -> Optional.of("SHA256withRSA");
          default -> Optional.<String>empty();
        };
    var url = Payload.text(message, "SigningCertURL");
    if (algorithm.isEmpty() || !CERTIFICATE.matcher(url).matches()) {
      return false;
    }
    var certificate = certificates.get(url, this::fetch);
    return isCurrent(certificate)
        && Signatures.valid(
            algorithm.get(),
            certificate.getPublicKey(),
            signed(message).getBytes(StandardCharsets.UTF_8),
            Payload.text(message, "Signature"));
  }

  private boolean isCurrent(X509Certificate certificate) {
    try {
      certificate.checkValidity(Date.from(clock.instant()));
      return true;
    } catch (CertificateException _) {
      return false;
    }
  }

  private X509Certificate fetch(String url) {
    return switch (fetch.apply(url)) {
      case FetchResult.Fetched fetched when fetched.status() == 200 -> certificate(fetched.body());
      case FetchResult.Fetched fetched ->
          throw new IllegalStateException("no certificate: status " + fetched.status());
      case FetchResult.Failed failed ->
          throw new IllegalStateException("no certificate: " + failed.detail());
    };
  }

  private static X509Certificate certificate(byte[] pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem));
    } catch (CertificateException e) {
      throw new IllegalStateException("no certificate", e);
    }
  }

  private static String signed(JsonNode message) {
    var names =
        Payload.text(message, "Type").equals("Notification") ? OF_NOTIFICATION : OF_CONFIRMATION;
    var text = new StringBuilder();
    names.stream()
        .filter(name -> message.path(name).isString())
        .forEach(name ->
            text.append(name).append('\n').append(Payload.text(message, name)).append('\n'));
    return text.toString();
  }
}
