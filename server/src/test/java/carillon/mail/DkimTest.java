package carillon.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DkimTest {
  private static final KeyPair RSA = generate("RSA", 2048);
  private static final KeyPair EDWARDS = generate("Ed25519", 255);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n\n",
        "   ",
        "plain",
        "trailing blanks  \t \nnext",
        "runs \t of   blanks\n\n\nand empty lines at the end\n\n \n\n",
        " leading blank",
        "Grüße, viele Grüße",
        "春のセール"
      })
  void signaturesVerifyWhateverTheBody(String body) {
    var message =
        Mails.with(
            "Ein  weiter   Betreff — ganz schön lang, damit er gefaltet wird: 春",
            new Content.Text(body));
    assertThat(DkimVerifier.verifies(signed(message, rsa()), RSA.getPublic())).isTrue();
    assertThat(DkimVerifier.verifies(signed(message, edwards()), EDWARDS.getPublic())).isTrue();
  }

  @Test
  void bothKeysMaySignTheSameMessage() {
    var raw = signed(Mails.welcome(), rsa(), edwards());
    assertThat(DkimVerifier.verifies(raw, EDWARDS.getPublic())).isTrue();
    var second = raw.substring(raw.indexOf("DKIM-Signature:", 1));
    assertThat(DkimVerifier.verifies(second, RSA.getPublic())).isTrue();
  }

  @Test
  void whatARelayMayChangeKeepsTheSignatureAndWhatItMayNotBreaksIt() {
    var raw = signed(Mails.with("Hello you", new Content.Text("some body text")), rsa());
    assertThat(verifies(raw.replace("Subject: Hello you", "SUBJECT:  Hello\r\n\tyou "))).isTrue();
    assertThat(verifies(raw + "\r\n\r\n")).isTrue();
    assertThat(verifies(raw.replace("some body", "some  \t body"))).isTrue();
    assertThat(verifies(raw.replace("some body", "somebody"))).isFalse();
    assertThat(verifies(raw.replace("Hello you", "Hello me"))).isFalse();
    assertThat(verifies(raw.replace("/u/1.abc", "/u/2.abc"))).isFalse();
    assertThat(verifies(raw.replace("=One-Click", "=Two-Clicks"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"From: x@evil.example", "Subject: other", "To: x@y", "Reply-To: x@y"})
  void aSecondCopyOfAHeaderPeopleSeeBreaksTheSignature(String header) {
    var raw = signed(Mails.welcome(), rsa());
    assertThat(verifies(header + "\r\n" + raw)).isFalse();
    assertThat(verifies(raw.replace("MIME-Version:", header + "\r\nMIME-Version:"))).isFalse();
  }

  @Test
  void theHeaderNamesKeyDomainAndTime() {
    var raw = signed(Mails.welcome(), rsa());
    var tags = DkimVerifier.tags(raw.substring(0, raw.indexOf("\r\nDate:")));
    assertThat(tags)
        .containsEntry("v", "1")
        .containsEntry("a", "rsa-sha256")
        .containsEntry("c", "relaxed/relaxed")
        .containsEntry("d", "xn--bcher-kva.example")
        .containsEntry("s", "key1")
        .containsEntry("t", "1795248005");
    assertThat(tags.get("h").split(":"))
        .contains("list-unsubscribe", "list-unsubscribe-post", "message-id", "date")
        .satisfies(names -> assertThat(Arrays.stream(names).filter("from"::equals)).hasSize(2));
    assertThat(raw.lines()).allMatch(line -> line.length() <= 78);
  }

  @Test
  void anOlderRsaKeyFileIsRead() {
    var pkcs8 = RSA.getPrivate().getEncoded();
    var pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
    var key = Dkim.of("bücher.example", "key1", pem("RSA PRIVATE KEY", pkcs1));
    assertThat(verifies(signed(Mails.welcome(), key))).isTrue();
  }

  @Test
  void whatIsNoUsableKeyIsRefusedWithAReason() {
    refused("rubbish", "BEGIN PRIVATE KEY");
    refused(pem("PRIVATE KEY", new byte[] {1, 2, 3}), "neither RSA nor Ed25519");
    refused(pem("PRIVATE KEY", generate("RSA", 512).getPrivate().getEncoded()), "1024");
    refused(pem("PRIVATE KEY", generate("EC", 256).getPrivate().getEncoded()), "neither");
  }

  private static void refused(String pem, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dkim.of("example.org", "key1", pem))
        .withMessageContaining(reason);
  }

  private static boolean verifies(String raw) {
    return DkimVerifier.verifies(raw, RSA.getPublic());
  }

  private static String signed(Message message, Dkim... keys) {
    var raw = MimeWriter.signing(keys).write(message).toByteArray();
    return new String(raw, StandardCharsets.UTF_8);
  }

  private static Dkim rsa() {
    return Dkim.of("bücher.example", "key1", pem("PRIVATE KEY", RSA.getPrivate().getEncoded()));
  }

  private static Dkim edwards() {
    return Dkim.of("shop.example", "key2", pem("PRIVATE KEY", EDWARDS.getPrivate().getEncoded()));
  }

  private static String pem(String kind, byte[] der) {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  private static KeyPair generate(String algorithm, int size) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
