package carillon.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every way out for mail promises. Implement both methods to have a transport tested. */
public interface MailTransportContract {

  /** A message as it came out at the far end, once per recipient. */
  record Delivered(String returnPath, String recipient, byte[] raw) {}

  /** The transport under test, the same one at every call of one test. */
  MailTransport transport();

  /** What it has delivered so far in this test. */
  List<Delivered> delivered();

  @Test
  default void aMessageArrivesWithItsEnvelopeHeadersAndBodies() {
    assertThat(transport().send(Mails.welcome())).isInstanceOf(Outcome.Accepted.class);
    var mail = delivered().getFirst();
    assertThat(mail.returnPath()).isEqualTo(Mails.RETURN_PATH);
    assertThat(mail.recipient()).isEqualTo("ada@example.org");
    var parsed = Parsed.of(mail.raw());
    assertThat(parsed.subject()).isEqualTo("Welcome");
    assertThat(parsed.header("Message-ID")).isEqualTo("<1.abc@shop.example>");
    assertThat(parsed.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
    assertThat(parsed.bodies()).containsExactly("Hello Ada", "<p>Hello Ada</p>");
  }

  @Test
  default void textInAnyScriptArrivesUnharmed() {
    var content = new Content.Alternatives("Grüße 👋\r\n春", "<p>Grüße 👋</p>\r\n<p>春</p>");
    transport().send(Mails.with("Grüße aus Köln 👋 春のセール", content));
    var parsed = Parsed.of(delivered().getFirst().raw());
    assertThat(parsed.subject()).isEqualTo("Grüße aus Köln 👋 春のセール");
    assertThat(parsed.bodies()).containsExactly("Grüße 👋\r\n春", "<p>Grüße 👋</p>\r\n<p>春</p>");
  }

  @Test
  default void linesThatStartWithDotsArriveUnharmed() {
    var text = ".\r\n..\r\n...three\r\n.one\r\nQUIT\r\n.\r\nMAIL FROM:<x@y>\r\n";
    transport().send(Mails.with("dots", new Content.Text(text)));
    assertThat(Parsed.of(delivered().getFirst().raw()).bodies()).containsExactly(text);
    assertThat(delivered()).hasSize(1);
  }

  @Test
  default void everyRecipientGetsTheMessageAndNobodySeesTheBlindCopy() {
    var parties =
        Parties.of(Mails.SHOP, Mails.ADA)
            .withCc(Mailbox.of("copy@example.org"))
            .withBcc(Mailbox.of("blind@example.org"));
    transport().send(Mails.to(parties));
    assertThat(delivered())
        .extracting(Delivered::recipient)
        .containsExactlyInAnyOrder("ada@example.org", "copy@example.org", "blind@example.org");
    assertThat(delivered()).allMatch(mail -> !new String(mail.raw()).contains("blind"));
  }

  @Test
  default void manyThreadsMaySendAtOnceAndEveryMessageArrivesOnce() {
    var ids = IntStream.range(0, 200).mapToObj(i -> i + ".many@shop.example").toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ids.forEach(id -> threads.submit(() -> transport().send(numbered(id))));
    }
    assertThat(delivered())
        .extracting(mail -> Parsed.of(mail.raw()).header("Message-ID"))
        .containsExactlyInAnyOrderElementsOf(ids.stream().map(id -> "<" + id + ">").toList());
  }

  @Test
  default void aClosedTransportDefersInsteadOfSending() {
    transport().send(Mails.welcome());
    transport().close();
    assertThat(transport().send(Mails.welcome())).isInstanceOf(Outcome.Deferred.class);
    assertThat(delivered()).hasSize(1);
  }

  private static Message numbered(String id) {
    return Mails.with("one of many", new Content.Text("Hello"), id);
  }
}
