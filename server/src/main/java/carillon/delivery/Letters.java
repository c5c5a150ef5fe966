package carillon.delivery;

import carillon.jsonapi.Json;
import carillon.mail.Bounce;
import carillon.mail.Content;
import carillon.mail.Envelope;
import carillon.mail.Mailbox;
import carillon.mail.Message;
import carillon.mail.Outcome;
import carillon.mail.Parties;
import carillon.platform.Ids;
import carillon.platform.db.Tx;
import carillon.platform.work.News;
import carillon.platform.work.Outbox;
import carillon.platform.work.OutboxSubscriber;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Posts single mails that are no campaign's: they travel as news and are tried until they leave.
 */
public final class Letters {

  private static final Logger LOG = LoggerFactory.getLogger(Letters.class);
  static final String KIND = "LetterPosted";

  private final Outbox outbox;
  private final Ids ids;
  private final Clock clock;

  public Letters(Outbox outbox, Ids ids, Clock clock) {
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  /** Posts a letter; it leaves once the transaction is committed. */
  public void post(Tx tx, Letter letter) {
    var payload = Json.object();
    payload.put("id", ids.ulid());
    payload.put("from", letter.from());
    payload.put("label", letter.label());
    payload.put("recipient", letter.recipient());
    payload.put("subject", letter.subject());
    payload.put("html", letter.html());
    payload.put("text", letter.text());
    outbox.tell(tx, List.of(new News(letter.account(), letter.profile(), KIND, payload)));
  }

  OutboxSubscriber subscriber(Transport transport) {
    return new OutboxSubscriber(
        "letters", Set.of(KIND), (_, news) -> news.forEach(one -> send(transport, one)));
  }

  private void send(Transport transport, News news) {
    var outcome = transport.send(news.account(), message(news.payload()));
    switch (outcome) {
      case Outcome.Accepted _ -> {}
      case Outcome.Rejected rejected ->
          LOG.warn("a letter was refused: {}", Bounce.of(rejected).reason());
      case Outcome.Deferred deferred -> throw new NotNow(deferred.stage().toString());
      case Outcome.Unconfirmed _ -> throw new NotNow("unconfirmed");
    }
  }

  private Message message(JsonNode letter) {
    var from = new Mailbox(text(letter, "label"), text(letter, "from"));
    var parties = Parties.of(from, Mailbox.of(text(letter, "recipient")));
    return new Message(
        Envelope.to(parties, from.address()),
        parties,
        text(letter, "subject"),
        clock.instant(),
        text(letter, "id") + "@" + Envelopes.domain(from.address()),
        List.of(),
        new Content.Alternatives(text(letter, "text"), text(letter, "html")));
  }

  private static String text(JsonNode letter, String name) {
    return letter.get(name).stringValue();
  }

  /** Makes the outbox try again later. */
  private static final class NotNow extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotNow(String why) {
      super("the letter could not leave yet: " + why);
    }
  }
}
