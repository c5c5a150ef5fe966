package carillon.mail;

import java.time.Instant;
import java.util.List;

/** Messages to try things with. */
final class Mails {
  static final Instant MORNING = Instant.parse("2026-11-21T08:00:05Z");
  static final Mailbox SHOP = new Mailbox("Bell & Sons, Ltd.", "hello@shop.example");
  static final Mailbox ADA = new Mailbox("Ada Lovelace", "ada@example.org");
  static final String RETURN_PATH = "bounce+1.abc@bounces.shop.example";

  static Message welcome() {
    return with("Welcome", new Content.Alternatives("Hello Ada", "<p>Hello Ada</p>"));
  }

  static Message to(Parties parties) {
    return new Message(
        Envelope.to(parties, RETURN_PATH),
        parties,
        "Welcome",
        MORNING,
        "1.abc@shop.example",
        List.of(),
        new Content.Text("Hello"));
  }

  static Message with(String subject, Content content) {
    return with(subject, content, "1.abc@shop.example");
  }

  static Message with(String subject, Content content, String messageId) {
    var parties = Parties.of(SHOP, ADA);
    return new Message(
        Envelope.to(parties, RETURN_PATH),
        parties,
        subject,
        MORNING,
        messageId,
        List.of(
            new Header(
                "List-Unsubscribe", "<https://shop.example/u/1.abc?a=?b>, <mailto:u@shop.example>"),
            new Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")),
        content);
  }

  private Mails() {}
}
