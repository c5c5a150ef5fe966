package carillon.delivery;

import carillon.mail.Content;
import carillon.mail.Message;
import carillon.mail.MimeWriter;
import carillon.mail.Outcome;
import carillon.mail.Reply;
import carillon.mail.Stage;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Row;
import carillon.platform.db.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The built-in outbox: keeps mails instead of sending them. Many are written together. */
final class KeptMails implements Transport {

  private static final int TOGETHER = 100;
  private static final int WAITING = 1_000;

  private final Database db;
  private final Ids ids;
  private final MimeWriter writer;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>(WAITING);
  private final Thread keeper;
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

  KeptMails(Database db, Ids ids, MimeWriter writer) {
    this.db = db;
    this.ids = ids;
    this.writer = writer;
    this.keeper = Thread.ofVirtual().name("kept mails").start(this::keep);
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
    try {
      keeper.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
