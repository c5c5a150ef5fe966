package carillon.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MimeWriterTest {
  private final MimeWriter writer = MimeWriter.unsigned();

  @Test
  void aMessageIsWrittenAsExpectedToTheByte() {
    var raw = new String(writer.write(Mails.welcome()).toByteArray(), StandardCharsets.UTF_8);
    assertThat(raw.replace("\r\n", "\n"))
        .isEqualTo(
            """
            Date: Sat, 21 Nov 2026 08:00:05 +0000
            From: "Bell & Sons, Ltd." <hello@shop.example>
            To: Ada Lovelace <ada@example.org>
            Subject: Welcome
            Message-ID: <1.abc@shop.example>
            List-Unsubscribe: <https://shop.example/u/1.abc?a=?b>,
             <mailto:u@shop.example>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            MIME-Version: 1.0
            Content-Type: multipart/alternative;
             boundary="=_0d5629ad"

            --=_0d5629ad
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 7bit

            Hello Ada
            --=_0d5629ad
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: 7bit

            <p>Hello Ada</p>
            --=_0d5629ad--
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Plain",
        "Two  spaces   kept",
        "Grüße aus Köln — schöne Angebote für dich und alle deine Freundinnen und Freunde, heute",
        "春のセール開催中!今すぐチェックして、限定クーポンを手に入れましょう。お見逃しなく、本日まで",
        "👩‍👩‍👧‍👦 family 🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉",
        "looks =?UTF-8?Q?encoded?= already",
        "a long plain subject that runs well over the seventy-six columns a line should have, and"
            + " on"
      })
  void everySubjectComesBackAsItWas(String subject) {
    var raw = writer.write(Mails.with(subject, new Content.Text("x")));
    assertThat(Parsed.of(raw).subject()).isEqualTo(subject);
    assertThat(raw.header().lines()).allMatch(line -> line.length() <= 76 || !line.contains("=?"));
  }

  @Test
  void aWordWithoutEndNeverMakesALineTooLong() {
    var subject = "x".repeat(5000);
    var raw = writer.write(Mails.with(subject, new Content.Text("x")));
    assertThat(Parsed.of(raw).subject()).isEqualTo(subject);
    assertThat(longestLine(raw)).isLessThanOrEqualTo(78);
  }

  @Test
  void lineBreaksInASubjectOrNameCannotAddAHeader() {
    var evil = "Hi\r\nBcc: all@example.org\r\n\r\n<script>\u2028\u0085\u0000";
    var parties = Parties.of(new Mailbox(evil, "a@b.example"), new Mailbox(evil, "c@d.example"));
    var message =
        new Message(
            Envelope.to(parties, ""), parties, evil, Mails.MORNING, "1@x", List.of(), text("body"));
    var parsed = Parsed.of(writer.write(message));
    assertThat(parsed.headerNames()).doesNotContain("Bcc").hasSize(8);
    assertThat(parsed.subject()).isEqualTo("Hi  Bcc: all@example.org    <script>");
    assertThat(parsed.bodies()).containsExactly("body\r\n");
  }

  @Test
  void namesOfAllKindsComeBackAsTheyWere() {
    var names =
        List.of("", "Ada", "O'Neil \"The\\Boss\", Jr.", "Zoë Müller", "山田太郎", "=?x?=", "a@b");
    var boxes = names.stream().map(name -> new Mailbox(name, "p@example.org")).toList();
    var parties = new Parties(Mails.SHOP, boxes, boxes, boxes, List.of());
    var parsed = Parsed.of(writer.write(Mails.to(parties)));
    assertThat(parsed.mailboxes("To")).isEqualTo(boxes);
    assertThat(parsed.mailboxes("Cc")).isEqualTo(boxes);
    assertThat(parsed.mailboxes("Reply-To")).isEqualTo(boxes);
  }

  @Test
  void aBlindCopyIsNowhereInTheMessage() {
    var parties = Parties.of(Mails.SHOP, Mails.ADA).withBcc(Mailbox.of("secret@example.org"));
    var message = Mails.to(parties);
    assertThat(message.envelope().recipients()).contains("secret@example.org");
    assertThat(new String(writer.write(message).toByteArray(), StandardCharsets.UTF_8))
        .doesNotContain("secret");
  }

  @Test
  void aUtf8MailboxIsWrittenAsItIsAndADomainInAscii() {
    var parties = Parties.of(Mails.SHOP, Mailbox.of("jörg@bücher.example"));
    var raw = writer.write(Mails.to(parties));
    assertThat(raw.header()).contains("To: jörg@xn--bcher-kva.example");
    assertThat(raw.hasUtf8Header()).isTrue();
    assertThat(writer.write(Mails.welcome()).hasUtf8Header()).isFalse();
  }

  @Test
  void lonePartsGetNoMultipart() {
    assertThat(Parsed.of(writer.write(Mails.with("x", text("a")))).contentType())
        .isEqualTo("text/plain; charset=utf-8");
    assertThat(Parsed.of(writer.write(Mails.with("x", new Content.Html("a")))).contentType())
        .isEqualTo("text/html; charset=utf-8");
  }

  @Test
  void theSmallestEncodingIsChosen() {
    assertThat(encodingOf("plain\ntext")).isEqualTo("7bit");
    assertThat(encodingOf("x".repeat(998))).isEqualTo("7bit");
    assertThat(encodingOf("x".repeat(999))).isEqualTo("quoted-printable");
    assertThat(encodingOf("one naïve word among plain ones")).isEqualTo("quoted-printable");
    assertThat(encodingOf("-- \nsignature")).isEqualTo("quoted-printable");
    assertThat(encodingOf("From here")).isEqualTo("quoted-printable");
    assertThat(encodingOf("春のセール")).isEqualTo("base64");
  }

  @Test
  void bodiesComeBackAsTheyWereWhateverIsInThem() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 1500; i++) {
      var text = randomText(random);
      var html = randomText(random);
      var raw = writer.write(Mails.with("x", new Content.Alternatives(text, html)));
      assertThat(longestLine(raw)).as("seed %d", seed).isLessThanOrEqualTo(998);
      assertThat(Parsed.of(raw).bodies().stream().map(MimeWriterTest::lines))
          .as("seed %d, text %s", seed, text)
          .containsExactly(lines(text), lines(html));
    }
  }

  @Test
  void aBodyThatHoldsTheBoundaryDoesNotEndThePart() {
    var evil = "a\n--=_0d5629ad--\n--=_0d5629ad\nb";
    var raw = writer.write(Mails.with("x", new Content.Alternatives(evil, "<p>")));
    assertThat(Parsed.of(raw).bodies()).containsExactly(evil.replace("\n", "\r\n"), "<p>");
  }

  private static Content text(String text) {
    return new Content.Text(text);
  }

  private String encodingOf(String text) {
    return Parsed.of(writer.write(Mails.with("x", text(text)))).header("Content-Transfer-Encoding");
  }

  private static int longestLine(RawMessage raw) {
    var text = new String(raw.toByteArray(), StandardCharsets.ISO_8859_1);
    return Arrays.stream(text.split("\r\n")).mapToInt(String::length).max().orElseThrow();
  }

  private static String lines(String text) {
    return text.replaceAll("\r\n|\r|\n", "\n");
  }

  private static String randomText(Random random) {
    var pieces =
        List.of(
            "a",
            "word ",
            "=",
            "\t",
            " ",
            "\n",
            "\r\n",
            "\r",
            ".",
            "--",
            "From ",
            "é",
            "€",
            "😀",
            "\u0000",
            "x".repeat(74),
            "y".repeat(300),
            "春の");
    int kinds = 1 + random.nextInt(pieces.size());
    return random
        .ints(random.nextInt(60), 0, kinds)
        .mapToObj(pieces::get)
        .collect(Collectors.joining());
  }
}
