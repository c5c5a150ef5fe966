package carillon.delivery;

import carillon.mail.Content;
import carillon.mail.Message;
import carillon.mail.MimeWriter;
import carillon.mail.Outcome;
import carillon.mail.Reply;
import carillon.mail.Stage;
import carillon.platform.Ids;
import carillon.platform.Settings;
import carillon.platform.db.Database;
import carillon.platform.db.Row;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The built-in outbox: keeps mails instead of sending them, and drops old ones. Many are written
 * together.
 */
final class KeptMails implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(KeptMails.class);
  private static final int TOGETHER = 100;
  private static final int WAITING = 1_000;

  private static final int DROPPED_TOGETHER = 1_000;
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

  private final Database db;
  private final Ids ids;
  private final Clock clock;
  private final MimeWriter writer;
  private final Settings.Kept kept;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>(WAITING);
  private final Thread keeper;
  private final Thread sweeper;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean closed;

  private record Arrival(
      String account, Message mail, byte[] content, CompletableFuture<Outcome> outcome) {}

  /** A mail in the list. */
  record Line(String account, String id, Instant at, String sender, String to, String subject) {
    static Line of(Row row) {
      return new Line(
          row.text("account_id"),
          row.text("id"),
          row.instant("at"),
          row.text("sender"),
          row.text("recipient"),
          row.text("subject"));
    }
  }

  /** A whole mail. */
  record Kept(Line line, Optional<String> html, Optional<String> text, byte[] content) {}

  KeptMails(Database db, Ids ids, Clock clock, MimeWriter writer, Settings.Kept kept) {
    this.db = db;
    this.ids = ids;
    this.clock = clock;
    this.writer = writer;
    this.kept = kept;
    this.keeper = Thread.ofVirtual().name("kept mails").start(this::keep);
    this.sweeper = Thread.ofVirtual().name("kept mails going").start(this::sweep);
  }

  @Override
  public Outcome send(String account, Message message) {
    var outcome = new CompletableFuture<Outcome>();
    var content = writer.write(message).toByteArray();
    try {
      if (closed
          || !arrivals.offer(
              new Arrival(account, message, content, outcome), 10, TimeUnit.SECONDS)) {
        return later("the outbox is busy or closed");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return later("interrupted");
    }
    return outcome.join();
  }

  private static Outcome later(String why) {
    return new Outcome.Deferred(Stage.CONNECT, new Reply(0, "", why));
  }

  private void keep() {
    while (!closed || !arrivals.isEmpty()) {
      var batch = batch();
      if (!batch.isEmpty()) {
        var outcome = insert(batch);
        batch.forEach(arrival -> arrival.outcome().complete(outcome));
      }
    }
  }

  private List<Arrival> batch() {
    var batch = new ArrayList<Arrival>();
    try {
      var first = arrivals.poll(100, TimeUnit.MILLISECONDS);
      if (first != null) {
        batch.add(first);
        arrivals.drainTo(batch, TOGETHER - 1);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      closed = true;
    }
    return batch;
  }

  private Outcome insert(List<Arrival> batch) {
    try {
      db.transact(tx -> batch.forEach(arrival -> insert(tx, arrival)));
      return new Outcome.Accepted(new Reply(250, "2.0.0", "kept"), List.of());
    } catch (RuntimeException _) {
      return later("the outbox cannot write");
    }
  }

  private void insert(Tx tx, Arrival arrival) {
    var mail = arrival.mail();
    tx.sql(
            """
            insert into kept_mail (account_id, id, at, sender, recipient, subject, html, text,
              content)
            values (:account, :id, :at, :sender, :recipient, :subject, :html, :text, :content)
            """)
        .bind("account", arrival.account())
        .bind("id", ids.ulid())
        .bind("at", mail.date())
        .bind("sender", mail.parties().from().address())
        .bind("recipient", String.join(", ", mail.envelope().recipients()))
        .bind("subject", storable(mail.subject()))
        .bind("html", html(mail.content()).map(KeptMails::storable))
        .bind("text", text(mail.content()).map(KeptMails::storable))
        .bind("content", arrival.content())
        .run();
  }

  /** PostgreSQL keeps no text with a zero in it. */
  private static String storable(String text) {
    return text.replace('\0', ' ');
  }

  private static Optional<String> html(Content content) {
    return switch (content) {
      case Content.Text _ -> Optional.empty();
      case Content.Html(var html) -> Optional.of(html);
      case Content.Alternatives(_, var html) -> Optional.of(html);
    };
  }

  private static Optional<String> text(Content content) {
    return switch (content) {
      case Content.Text(var text) -> Optional.of(text);
      case Content.Html _ -> Optional.empty();
      case Content.Alternatives(var text, _) -> Optional.of(text);
    };
  }

  private void sweep() {
    try {
      while (!closing.await(BETWEEN_SWEEPS.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          dropOld();
        } catch (RuntimeException e) {
          LOG.warn("old mails could not be dropped", e);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Drops what is too old or too much, some at a time; answers how many. */
  int dropOld() {
    int dropped = 0;
    int now;
    do {
      now = dropByAge() + dropByNumber();
      dropped += now;
    } while (now >= DROPPED_TOGETHER && !closed);
    return dropped;
  }

  private int dropByAge() {
    return db.sql(
            """
            delete from kept_mail k using (
              select account_id, id, at from kept_mail order by id limit :most) oldest
            where k.account_id = oldest.account_id and k.id = oldest.id and oldest.at < :before
            """)
        .bind("most", DROPPED_TOGETHER)
        .bind("before", clock.instant().minus(Duration.ofDays(kept.days())))
        .run();
  }

  private int dropByNumber() {
    return db.sql(
            """
            delete from kept_mail k using (
              select surplus.account_id, surplus.id
              from account a
              cross join lateral (
                select account_id, id from kept_mail where account_id = a.id
                order by id desc offset :keep limit :most) surplus
              limit :most) old
            where k.account_id = old.account_id and k.id = old.id
            """)
        .bind("keep", kept.mails())
        .bind("most", DROPPED_TOGETHER)
        .run();
  }

  /** The newest mails, of all accounts, older than the one with this id if it is not empty. */
  List<Line> newest(String before, int most) {
    return db.sql(
            """
            select account_id, id, at, sender, recipient, subject from kept_mail
            where :before = '' or id < :before
            order by id desc limit :most
            """)
        .bind("before", before)
        .bind("most", most)
        .list(Line::of);
  }

  Optional<Kept> find(String id) {
    return db.sql("select * from kept_mail where id = :id")
        .bind("id", id)
        .first(row ->
            new Kept(
                Line.of(row), row.maybeText("html"), row.maybeText("text"), row.bytes("content")));
  }

  @Override
  public void close() {
    closed = true;
    closing.countDown();
    try {
      keeper.join();
      sweeper.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
