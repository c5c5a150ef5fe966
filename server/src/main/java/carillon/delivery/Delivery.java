package carillon.delivery;

import carillon.accounts.Accounts;
import carillon.django.Language;
import carillon.mail.Dkim;
import carillon.mail.MailTransport;
import carillon.mail.Message;
import carillon.mail.MimeWriter;
import carillon.mail.Outcome;
import carillon.mail.SmtpOptions;
import carillon.mail.SmtpRelay;
import carillon.mail.SmtpUrl;
import carillon.platform.Ids;
import carillon.platform.Settings;
import carillon.platform.agents.UserAgents;
import carillon.platform.db.Database;
import carillon.platform.http.Pages;
import carillon.platform.work.LaneOptions;
import carillon.platform.work.LaneWorkers;
import carillon.platform.work.OutboxSubscriber;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;

/** Sends what is due, shows what was kept, and answers the links in mails. */
public final class Delivery implements AutoCloseable {

  private static final int CONNECTIONS = 20;
  private static final int SIDE_BY_SIDE = 64;

  private final Transport transport;
  private final TrackingPages trackingPages;
  private final PreferencePages preferencePages;
  private final MessageQueue queue;
  private final LaneWorkers workers;
  private final OutboxSubscriber letters;
  private final Returns returns;

  /** What delivery stands on. */
  public record Ground(
      Database db, Clock clock, Ids ids, Accounts accounts, MeterRegistry metrics) {}

  /** What it asks other features, and tells them. */
  public record Partners(MessageSource source, Contacts contacts, Signals signals) {}

  /**
   * How mails leave and links lead back.
   *
   * @param publicUrl without a slash at the end
   * @param node a name no other node has
   */
  public record Setup(
      Settings.Mail mail,
      String publicUrl,
      byte[] secret,
      Language language,
      LaneOptions lanes,
      String node) {}

  /** Prepares everything; {@link #start} begins to send. */
  public Delivery(Ground ground, Partners partners, Setup setup, Ledger ledger, Letters letters) {
    var db = ground.db();
    var clock = ground.clock();
    this.transport = transport(ground, setup);
    var links = new TrackingLinks(setup.publicUrl(), setup.secret());
    var marks = new Marks(setup.secret());
    var envelopes = new Envelopes(setup.mail().bounceDomain(), marks);
    var passThrough = new PassThrough(setup.mail().inbound().hooks(), marks);
    var composer = new Composer(links, envelopes, passThrough, setup.language(), clock);
    var sending =
        new Sending(
            db,
            clock,
            ground.accounts(),
            partners.source(),
            partners.contacts(),
            composer,
            transport,
            SIDE_BY_SIDE);
    var rule = new BounceRule(partners.contacts());
    var settlement = new Settlement(clock, rule, partners.signals(), ground.metrics());
    this.queue = new MessageQueue(db, clock, sending, settlement, ground.metrics());
    this.workers =
        new LaneWorkers(db, queue, setup.lanes(), setup.node(), ledger.wakeUp(), ground.metrics());
    this.letters = letters.subscriber(transport);
    var hits = new Hits(db, clock, partners.source(), partners.contacts(), partners.signals());
    this.returns = new Returns(ground, partners, hits, envelopes, rule);
    this.trackingPages =
        new TrackingPages(
            links,
            hits,
            new Visits(ground.accounts(), setup.secret()),
            new UserAgents(),
            ground.accounts(),
            partners.contacts(),
            composer);
    this.preferencePages = new PreferencePages(links, hits, ground.accounts());
  }

  private static Transport transport(Ground ground, Setup setup) {
    var mail = setup.mail();
    var writer =
        mail.dkim()
            .map(
                key -> MimeWriter.signing(Dkim.of(key.domain(), key.selector(), key.key().value())))
            .orElseGet(MimeWriter::unsigned);
    if (mail.smtpUrl().isEmpty()) {
      return new KeptMails(ground.db(), ground.ids(), ground.clock(), writer, mail.kept());
    }
    var relay =
        new SmtpRelay(
            SmtpUrl.parse(mail.smtpUrl().get().value()),
            SmtpOptions.standard(URI.create(setup.publicUrl()).getHost())
                .withConnections(CONNECTIONS),
            writer,
            ground.clock());
    return new Relayed(relay);
  }

  /** A relay does not ask whose mail it is. */
  record Relayed(MailTransport relay) implements Transport {
    @Override
    public Outcome send(String account, Message message) {
      return relay.send(message);
    }

    @Override
    public void close() {
      relay.close();
    }
  }

  /** Begins to send what is due. */
  public Delivery start() {
    workers.start();
    return this;
  }

  /** Adds the built-in outbox and what the links in mails lead to. */
  public void addTo(Pages pages) {
    trackingPages.addTo(pages);
    preferencePages.addTo(pages);
    switch (transport) {
      case KeptMails kept -> new OutboxPages(kept).addTo(pages);
      case Relayed _ -> OutboxPages.addClosedTo(pages);
    }
  }

  /** Sends the letters that were posted; to be told of news by the outbox. */
  public OutboxSubscriber letters() {
    return letters;
  }

  /** Takes what comes back about messages. */
  public Returns returns() {
    return returns;
  }

  /** Messages being sent by this node: what a crash right now could repeat. */
  public int inFlight() {
    return queue.inFlight();
  }

  /** Lets the mails being sent finish and puts the others of their batches back. */
  @Override
  public void close() {
    queue.stop();
    workers.close();
    transport.close();
  }
}
