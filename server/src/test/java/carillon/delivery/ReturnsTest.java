package carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.mail.Bounce;
import carillon.mail.Reply;
import carillon.profiles.Consents;
import carillon.profiles.Consents.How;
import carillon.profiles.Consents.Purpose;
import carillon.profiles.Consents.Topic;
import carillon.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReturnsTest {

  private static final String DOMAIN = "bounces.shop.test";
  private static final Reply UNKNOWN = new Reply(550, "5.1.1", "no such user");
  private static final Reply FULL = new Reply(452, "4.2.2", "mailbox full");
  private static final Reply SPAM = new Reply(550, "5.7.1", "looks like spam");

  private final PostOffice post = new PostOffice();
  private final Mailboxes mailboxes = new Mailboxes();
  private final Delivery node = post.node("one", mailboxes.port(), Optional.of(DOMAIN));
  private final Returns returns = node.returns();

  @AfterEach
  void close() {
    mailboxes.close();
    post.close();
  }

  @Test
  void theAddressOfAMailLeadsBackToItsMessageAndNoOtherDoes() {
    var ada = sent("Ada");
    var address = mailboxes.arrived.getFirst().from();

    assertThat(address.substring(0, address.indexOf('@'))).hasSizeLessThanOrEqualTo(64);
    assertThat(returns.addressed(address)).contains(new Mark(ada, PostOffice.SOURCE));
    assertThat(returns.addressed(address.toLowerCase(Locale.ROOT)))
        .contains(new Mark(ada, PostOffice.SOURCE));
    assertThat(returns.addressed(address.replace(DOMAIN, "other.test"))).isEmpty();
    assertThat(returns.addressed(forged(address))).isEmpty();
    assertThat(returns.addressed("b-" + ada + "-" + PostOffice.SOURCE + "@" + DOMAIN)).isEmpty();
    assertThat(returns.addressed("postmaster@" + DOMAIN)).isEmpty();
    assertThat(returns.addressed("")).isEmpty();
    assertThat(
            returns.named(
                mailboxes.arrived.getFirst().raw().split("Message-ID: ")[1].split("\r\n")[0]))
        .contains(new Mark(ada, PostOffice.SOURCE));
    assertThat(returns.named("<" + ada + "." + PostOffice.SOURCE + "@shop.test>")).isEmpty();
  }

  private static String forged(String address) {
    var at = address.indexOf('@');
    var last = address.charAt(at - 1) == 'a' ? 'b' : 'a';
    return address.substring(0, at - 1) + last + address.substring(at);
  }

  @Test
  void aHardBounceSuppressesAtOnceAndIsToldOnce() {
    var ada = sent("Ada");

    assertThat(returns.take(mark(ada), bounced(UNKNOWN))).isTrue();
    assertThat(returns.take(mark(ada), bounced(UNKNOWN))).isFalse();

    assertThat(refusal(ada)).contains("HARD_BOUNCE");
    assertThat(post.column(ada, "state")).isEqualTo("bounced");
    assertThat(post.column(ada, "bounced_at")).isNotEmpty();
    assertThat(post.column(ada, "reason")).isEqualTo("no such mailbox: 550 5.1.1 no such user");
    var event = post.events("Bounced Email");
    assertThat(event).hasSize(1);
    assertThat(event.getFirst().get("Bounce Type").stringValue()).isEqualTo("Hard");
    assertThat(event.getFirst().get("$campaign").stringValue()).isEqualTo(PostOffice.CAMPAIGN);
    assertThat(event.getFirst().get("Recipient Email Address").stringValue())
        .isEqualTo("ada@people.test");
  }

  @Test
  void aBounceOfAnAddressSomebodyNoLongerHasDoesNotSuppress() {
    var ada = sent("Ada");
    post.db
        .sql("update profile set email = 'new@people.test' where profile_id = :id")
        .bind("id", ada)
        .run();

    assertThat(returns.take(mark(ada), bounced(UNKNOWN))).isTrue();

    assertThat(refusal(ada)).isEmpty();
    assertThat(post.column(ada, "state")).isEqualTo("bounced");
  }

  @Test
  void aCopyThatBouncesSaysNothingOfTheRecipient() {
    var mailing = PostOffice.mailing("Hi", "<p>Hi</p>");
    post.mailings.put(
        PostOffice.SOURCE,
        new Mailing(
            mailing.source(),
            mailing.campaign(),
            new Mailing.Sender(
                "tea@shop.test", "", Optional.empty(), List.of(), List.of("Boss@shop.test")),
            mailing.subject(),
            "",
            mailing.html(),
            Optional.empty(),
            mailing.tracking(),
            mailing.treatment()));
    var ada = sent("Ada");

    var copy = new Notice.Bounced(Bounce.of(UNKNOWN), UNKNOWN, Set.of("boss@shop.test"));
    assertThat(returns.take(mark(ada), copy)).isFalse();
    assertThat(refusal(ada)).isEmpty();

    var forwarded = new Notice.Bounced(Bounce.of(UNKNOWN), UNKNOWN, Set.of("ada@home.test"));
    assertThat(returns.take(mark(ada), forwarded)).isTrue();
    assertThat(refusal(ada)).contains("HARD_BOUNCE");
  }

  @Test
  void anObjectionToTheContentCountsAsBouncedAndSuppressesNobody() {
    var ada = sent("Ada");
    assertThat(returns.take(mark(ada), bounced(SPAM))).isTrue();
    assertThat(refusal(ada)).isEmpty();
    assertThat(post.column(ada, "bounce")).isEqualTo("policy");
  }

  @Test
  void aHardBounceAfterASoftOneOfTheSameMailStillSuppresses() {
    var ada = sent("Ada");
    assertThat(returns.take(mark(ada), bounced(FULL))).isTrue();
    assertThat(refusal(ada)).isEmpty();
    assertThat(returns.take(mark(ada), bounced(UNKNOWN))).isTrue();
    assertThat(refusal(ada)).contains("HARD_BOUNCE");
    assertThat(post.events("Bounced Email")).hasSize(1);
  }

  @Test
  void sevenSoftBouncesInARowSuppress() {
    var ada = post.person("Ada");
    node.start();
    for (int i = 1; i <= 6; i++) {
      send("S" + i, ada);
      returns.take(new Mark(ada, "S" + i), bounced(FULL));
      returns.take(new Mark(ada, "S" + i), bounced(FULL));
    }
    assertThat(refusal(ada)).isEmpty();

    send("S7", ada);
    returns.take(new Mark(ada, "S7"), bounced(FULL));

    assertThat(refusal(ada)).contains("HARD_BOUNCE");
  }

  @Test
  void aMailThatArrivesInBetweenBeginsTheRowAnew() {
    var ada = post.person("Ada");
    node.start();
    for (int i = 1; i <= 12; i++) {
      send("S" + i, ada);
      if (i != 6) {
        returns.take(new Mark(ada, "S" + i), bounced(FULL));
      }
    }
    assertThat(refusal(ada)).isEmpty();

    send("S13", ada);
    returns.take(new Mark(ada, "S13"), bounced(FULL));
    assertThat(refusal(ada)).contains("HARD_BOUNCE");
  }

  @Test
  void theRowIsThatOfSendingInWhateverOrderBouncesAreTold() {
    var ada = post.person("Ada");
    node.start();
    IntStream.rangeClosed(1, 9).forEach(i -> send("S" + i, ada));

    for (int i : new int[] {1, 3, 5, 7, 2, 6}) {
      returns.take(new Mark(ada, "S" + i), bounced(FULL));
      assertThat(refusal(ada)).isEmpty();
    }
    returns.take(new Mark(ada, "S4"), bounced(FULL));
    assertThat(refusal(ada)).contains("HARD_BOUNCE");
  }

  @Test
  void softBouncesWhileSendingCountInTheSameRow() {
    var ada = post.person("Ada");
    node.start();
    for (int i = 1; i <= 6; i++) {
      send("S" + i, ada);
      returns.take(new Mark(ada, "S" + i), bounced(FULL));
    }
    mailboxes.refuse(552, "5.2.2 mailbox full");
    enqueue("S7", ada);
    Eventually.check(() -> assertThat(state(ada, "S7")).isEqualTo("bounced"));
    assertThat(refusal(ada)).contains("HARD_BOUNCE");
  }

  @Test
  void aComplaintSuppressesAndUnsubscribesOnce() {
    var ada = sent("Ada");

    assertThat(returns.take(mark(ada), new Notice.Complained("test"))).isTrue();
    assertThat(refusal(ada)).contains("SPAM_COMPLAINT");
    assertThat(consent(ada)).isEqualTo("UNSUBSCRIBED SPAM_COMPLAINT");
    assertThat(post.column(ada, "complained_at")).isNotEmpty();
    assertThat(post.column(ada, "state")).isEqualTo("sent");
    assertThat(post.events("Marked Email as Spam")).hasSize(1);

    subscribe(ada);
    assertThat(returns.take(mark(ada), new Notice.Complained("test"))).isFalse();
    assertThat(refusal(ada)).isEmpty();
    assertThat(post.events("Marked Email as Spam")).hasSize(1);
  }

  @Test
  void anUnsubscribeToldByAProviderUnsubscribesOnce() {
    var ada = sent("Ada");

    assertThat(returns.take(mark(ada), new Notice.Unsubscribed("test"))).isTrue();
    assertThat(refusal(ada)).contains("UNSUBSCRIBED");
    assertThat(post.column(ada, "unsubscribed_at")).isNotEmpty();

    subscribe(ada);
    assertThat(returns.take(mark(ada), new Notice.Unsubscribed("test"))).isFalse();
    assertThat(refusal(ada)).isEmpty();
  }

  @Test
  void whatIsToldOfAMessageNobodyKnowsIsNoNews() {
    assertThat(returns.take(new Mark("NOBODY", PostOffice.SOURCE), bounced(UNKNOWN))).isFalse();
  }

  @Test
  void aBounceFindsTheMessageOfAMergedProfile() {
    var ada = sent("Ada");
    var other = post.person("Other", "ada2@people.test");
    post.db.transact(tx -> post.ledger.move(tx, PostOffice.SHOP, ada, other));
    post.db
        .sql(
            """
            insert into profile_identifier (account_id, kind, value, profile_id, created_at)
            values (:account, 'profile_id', :from, :to, now())
            """)
        .bind("account", PostOffice.SHOP)
        .bind("from", ada)
        .bind("to", other)
        .run();
    post.db.sql("delete from profile where profile_id = :id").bind("id", ada).run();

    assertThat(returns.take(mark(ada), new Notice.Complained("test"))).isTrue();
    assertThat(refusal(other)).contains("SPAM_COMPLAINT");
  }

  @Test
  void aBounceThatComesBeforeTheMailIsSettledIsNotForgotten() throws InterruptedException {
    mailboxes.slow = new CountDownLatch(1);
    var ada = post.person("Ada");
    post.enqueue(List.of(ada));
    var reached = new CountDownLatch(1);
    mailboxes.gate = _ -> reached.countDown();
    node.start();
    assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();

    assertThat(returns.take(mark(ada), bounced(UNKNOWN))).isTrue();
    mailboxes.slow.countDown();

    Eventually.check(() -> assertThat(post.column(ada, "state")).isEqualTo("bounced"));
    assertThat(post.column(ada, "bounced_at")).isNotEmpty();
    assertThat(post.column(ada, "sent_at")).isNotEmpty();
    assertThat(post.column(ada, "reason")).startsWith("no such mailbox");
  }

  private String sent(String name) {
    var person = post.person(name);
    post.enqueue(List.of(person));
    node.start();
    Eventually.check(() -> assertThat(post.column(person, "state")).isEqualTo("sent"));
    return person;
  }

  /** Sends another mail, later than those before. */
  private void send(String source, String person) {
    post.clock.tick(Duration.ofHours(1));
    enqueue(source, person);
    Eventually.check(() -> assertThat(state(person, source)).isEqualTo("sent"));
  }

  private void enqueue(String source, String person) {
    post.mailings.put(
        source,
        PostOffice.mailing(
            source,
            "Hi",
            "<p>Hi</p>",
            Tracking.PLAIN,
            new Mailing.Treatment(true, false, List.of())));
    post.enqueue(source, List.of(person));
  }

  private String state(String person, String source) {
    return post.db
        .sql("select state from message where profile_id = :id and source_id = :source")
        .bind("id", person)
        .bind("source", source)
        .one(row -> row.text("state"));
  }

  private static Mark mark(String person) {
    return new Mark(person, PostOffice.SOURCE);
  }

  private static Notice bounced(Reply reply) {
    return new Notice.Bounced(Bounce.of(reply), reply, Set.of());
  }

  private Optional<String> refusal(String person) {
    return post.contacts
        .find(PostOffice.SHOP, List.of(person), Purpose.marketing(Topic.EMAIL_MARKETING))
        .get(person)
        .refusal();
  }

  private String consent(String person) {
    return post.db
        .sql("select status, method from consent where profile_id = :id and kind = 'marketing'")
        .bind("id", person)
        .one(row -> row.text("status") + " " + row.text("method"));
  }

  private void subscribe(String person) {
    var word =
        new Consents.Word(
            person, Topic.EMAIL_MARKETING, post.clock.instant(), How.by("test"), Optional.empty());
    post.db.transact(tx -> post.consents.subscribe(tx, PostOffice.SHOP, List.of(word)));
  }
}
