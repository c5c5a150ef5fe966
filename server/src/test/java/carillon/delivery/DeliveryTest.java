package carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.delivery.Ledger.Consignment;
import carillon.platform.work.OutboxWorkers;
import carillon.profiles.Consents.Purpose;
import carillon.profiles.Consents.Topic;
import carillon.profiles.Reason;
import carillon.testing.Eventually;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {

  private final PostOffice post = new PostOffice();
  private final Mailboxes mailboxes = new Mailboxes();

  @AfterEach
  void close() {
    mailboxes.close();
    post.close();
  }

  @Test
  void everybodyGetsTheMailOnceAndTheLedgerAndEventsTellIt() {
    var people = post.people(300);
    post.enqueue(people);
    post.enqueue(people);

    post.node("one", mailboxes.port()).start();

    Eventually.check(() -> assertThat(post.standing().of("sent")).isEqualTo(300));
    assertThat(mailboxes.recipients()).hasSize(300).doesNotHaveDuplicates();
    assertThat(post.events("Received Email")).hasSize(300);
    var event = post.events("Received Email").getFirst();
    assertThat(event.get("$message").stringValue()).isEqualTo(PostOffice.SOURCE);
    assertThat(event.get("Campaign Name").stringValue()).isEqualTo("Spring");
    assertThat(event.get("Email Domain").stringValue()).isEqualTo("people.test");
    assertThat(event.get("Subject").stringValue()).startsWith("Hello P");
    assertThat(post.ledger.open(post.db, PostOffice.SHOP, PostOffice.CAMPAIGN)).isFalse();
  }

  @Test
  void aMailWhoseNewsCannotBeToldIsNotSentAgain() {
    var people = post.people(40);
    post.unspeakable.add(people.get(7));
    post.enqueue(people);

    post.node("one", mailboxes.port()).start();

    Eventually.check(() -> assertThat(post.standing().of("sent")).isEqualTo(40));
    assertThat(mailboxes.recipients()).hasSize(40).doesNotHaveDuplicates();
    assertThat(post.events("Received Email")).hasSize(39);
  }

  @Test
  void theMailCarriesAWayOutAndALastingId() {
    var ada = post.person("Ada");
    post.enqueue(List.of(ada));
    post.node("one", mailboxes.port(), Optional.of("bounces.shop.test")).start();

    Eventually.check(() -> assertThat(mailboxes.arrived).hasSize(1));
    var mail = mailboxes.arrived.getFirst();
    assertThat(mail.from())
        .matches("b-" + ada + "-" + PostOffice.SOURCE + "-[a-z2-7]{8}@bounces.shop.test");
    assertThat(mail.raw())
        .contains("Message-ID: <" + ada + "-" + PostOffice.SOURCE + "-")
        .contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
        .contains("Feedback-ID: ")
        .contains("Subject: Hello Ada");
  }

  @Test
  void whoMustNotBeWrittenToIsSkipped() {
    var gone = post.person("Gone");
    var complained = post.person("Cross");
    var fine = post.person("Fine");
    post.db.transact(tx -> post.contacts.unsubscribe(tx, PostOffice.SHOP, gone, "test"));
    post.db.transact(tx ->
        post.consents.suppress(tx, PostOffice.SHOP, List.of(complained), Reason.SPAM_COMPLAINT));
    post.enqueue(List.of(gone, complained, fine));

    post.node("one", mailboxes.port()).start();

    Eventually.check(() -> assertThat(post.standing().open()).isZero());
    assertThat(mailboxes.recipients()).containsExactly("fine@people.test");
    assertThat(post.standing().reasons()).containsEntry("Not Allowed", 2L);
    assertThat(post.events("Dropped Email"))
        .extracting(event -> event.get("Drop Reason").stringValue())
        .containsExactlyInAnyOrder("UNSUBSCRIBED", "SPAM_COMPLAINT");
  }

  @Test
  void aTransactionalMailGoesToWhoOnlyUnsubscribedFromMarketing() {
    var gone = post.person("Gone");
    var bounced = post.person("Bounced");
    post.db.transact(tx -> post.contacts.unsubscribe(tx, PostOffice.SHOP, gone, "test"));
    post.db.transact(tx ->
        post.contacts.hardBounced(tx, PostOffice.SHOP, Map.of(bounced, "bounced@people.test")));
    post.mailings.put(
        PostOffice.SOURCE,
        PostOffice.mailing(
            PostOffice.SOURCE,
            "Your order",
            "<p>Thanks</p>",
            Tracking.PLAIN,
            new Mailing.Treatment(false, false, List.of())));
    post.db.transact(tx ->
        post.ledger.enqueue(
            tx,
            new Consignment(PostOffice.SHOP, PostOffice.CAMPAIGN, PostOffice.SOURCE, false),
            List.of(
                new Ledger.Due(gone, "gone@people.test", post.clock.instant()),
                new Ledger.Due(bounced, "bounced@people.test", post.clock.instant()))));

    post.node("one", mailboxes.port()).start();

    Eventually.check(() -> assertThat(post.standing().open()).isZero());
    assertThat(mailboxes.recipients()).containsExactly("gone@people.test");
    assertThat(mailboxes.arrived.getFirst().raw())
        .doesNotContain("List-Unsubscribe")
        .doesNotContain("No longer want");
  }

  @Test
  void whoGotAMailJustNowIsSkippedUntilTheTimeIsOver() {
    var ada = post.person("Ada");
    post.enqueue(List.of(ada));
    post.node("one", mailboxes.port()).start();
    Eventually.check(() -> assertThat(post.standing().of("sent")).isEqualTo(1));

    post.mailings.put("SECOND", second());
    post.enqueue("SECOND", List.of(ada));
    Eventually.check(() -> assertThat(post.standing().of("skipped")).isEqualTo(1));
    assertThat(post.standing().reasons()).containsEntry("Smart Sending", 1L);
    assertThat(post.events("Skipped Send")).hasSize(1);

    post.clock.tick(Duration.ofHours(17));
    post.mailings.put("THIRD", second());
    post.enqueue("THIRD", List.of(ada));
    Eventually.check(() -> assertThat(post.standing().of("sent")).isEqualTo(2));
  }

  private static Mailing second() {
    return PostOffice.mailing("Again", "<p>Again</p>");
  }

  @Test
  void twoMailsToOnePersonDueTogetherAreJudgedOneAfterTheOther() {
    var ada = post.person("Ada");
    post.mailings.put("SECOND", second());
    post.enqueue(List.of(ada));
    post.enqueue("SECOND", List.of(ada));

    post.node("one", mailboxes.port()).start();

    Eventually.check(() -> assertThat(post.standing().open()).isZero());
    assertThat(post.standing().states()).containsEntry("sent", 1L).containsEntry("skipped", 1L);
  }

  @Test
  void aFaultyTemplateIsSkippedWithTheReason() {
    post.mailings.put(PostOffice.SOURCE, PostOffice.mailing("Hi", "{% if %}"));
    post.enqueue(List.of(post.person("Ada")));
    post.node("one", mailboxes.port()).start();
    Eventually.check(() -> assertThat(post.standing().of("skipped")).isEqualTo(1));
    assertThat(post.standing().reasons()).containsEntry("Template Error", 1L);
  }

  @Test
  void aRefusedAddressBouncesAndIsWrittenToNoMore() {
    var ada = post.person("Ada");
    mailboxes.refuse(550, "5.1.1 no such user");
    post.enqueue(List.of(ada));
    post.node("one", mailboxes.port()).start();

    Eventually.check(() -> assertThat(post.standing().of("bounced")).isEqualTo(1));

    assertThat(post.column(ada, "reason")).startsWith("no such mailbox: 550 5.1.1");
    assertThat(post.events("Bounced Email").getFirst().get("Bounce Type").stringValue())
        .isEqualTo("Hard");
    assertThat(
            post.contacts
                .find(PostOffice.SHOP, List.of(ada), Purpose.transactional(Topic.EMAIL_MARKETING))
                .get(ada)
                .refusal())
        .contains("HARD_BOUNCE");
  }

  @Test
  void anObjectionToTheContentSuppressesNobody() {
    var ada = post.person("Ada");
    mailboxes.refuse(550, "5.7.1 looks like spam");
    post.enqueue(List.of(ada));
    post.node("one", mailboxes.port()).start();

    Eventually.check(() -> assertThat(post.standing().of("bounced")).isEqualTo(1));
    assertThat(
            post.contacts
                .find(PostOffice.SHOP, List.of(ada), Purpose.marketing(Topic.EMAIL_MARKETING))
                .get(ada)
                .refusal())
        .isEmpty();
  }

  @Test
  void whatIsPutOffIsTriedLaterAndLaterAndArrivesOnce() {
    var ada = post.person("Ada");
    mailboxes.refuse(451, "4.2.1 try again later");
    post.enqueue(List.of(ada));
    post.node("one", mailboxes.port()).start();
    Eventually.check(() -> assertThat(post.column(ada, "attempts")).isEqualTo("1"));
    Eventually.check(() -> assertThat(post.column(ada, "leased_by")).isEmpty());
    post.clock.tick(Duration.ofSeconds(61));
    Eventually.check(() -> assertThat(post.column(ada, "attempts")).isEqualTo("2"));
    Eventually.check(() -> assertThat(post.column(ada, "leased_by")).isEmpty());

    mailboxes.accept();
    post.clock.tick(Duration.ofSeconds(121));

    Eventually.check(() -> assertThat(post.standing().of("sent")).isEqualTo(1));
    assertThat(mailboxes.arrived).hasSize(1);
    assertThat(post.column(ada, "reason")).isEmpty();
  }

  @Test
  void whatCannotLeaveForThreeDaysIsGivenUp() {
    var ada = post.person("Ada");
    mailboxes.refuse(451, "4.2.1 try again later");
    post.enqueue(List.of(ada));
    post.node("one", mailboxes.port()).start();

    Eventually.check(() -> {
      post.clock.tick(Duration.ofHours(4));
      assertThat(post.column(ada, "state")).isEqualTo("failed");
    });

    assertThat(post.column(ada, "reason")).contains("4.2.1");
    assertThat(post.events("Bounced Email").getFirst().get("Bounce Type").stringValue())
        .isEqualTo("Soft");
  }

  @Test
  void cancellingStopsWhatIsNotSentYet() {
    var early = post.person("Early");
    var late = post.person("Late");
    post.enqueue(List.of(early));
    post.db.transact(tx ->
        post.ledger.enqueue(
            tx,
            new Consignment(PostOffice.SHOP, PostOffice.CAMPAIGN, PostOffice.SOURCE, true),
            List.of(
                new Ledger.Due(
                    late, "late@people.test", post.clock.instant().plus(Duration.ofHours(1))))));
    post.node("one", mailboxes.port()).start();
    Eventually.check(() -> assertThat(post.standing().of("sent")).isEqualTo(1));

    post.db.transact(tx -> post.ledger.cancel(tx, PostOffice.SHOP, PostOffice.CAMPAIGN));
    post.clock.tick(Duration.ofHours(2));

    assertThat(post.standing().states()).containsEntry("sent", 1L).containsEntry("cancelled", 1L);
    assertThat(post.ledger.open(post.db, PostOffice.SHOP, PostOffice.CAMPAIGN)).isFalse();
  }

  @Test
  void aMailPutOffAfterCancellingStaysCancelled() {
    var ada = post.person("Ada");
    var reached = new CountDownLatch(1);
    var hold = new CountDownLatch(1);
    mailboxes.gate =
        _ -> {
          reached.countDown();
          await(hold);
          throw new IllegalStateException("451 4.2.1 later");
        };
    post.enqueue(List.of(ada));
    var node = post.node("one", mailboxes.port()).start();
    await(reached);
    assertThat(node.inFlight()).isEqualTo(1);

    post.db.transact(tx -> post.ledger.cancel(tx, PostOffice.SHOP, PostOffice.CAMPAIGN));
    hold.countDown();

    Eventually.check(() -> assertThat(node.inFlight()).isZero());
    assertThat(post.column(ada, "state")).isEqualTo("cancelled");
    assertThat(mailboxes.arrived).isEmpty();
  }

  @Test
  void aStoppedNodePutsBackWhatItHasNotSent() {
    mailboxes.slow = new CountDownLatch(1);
    var people = post.people(200);
    post.enqueue(people);
    var node = post.node("one", mailboxes.port()).start();
    Eventually.check(() -> assertThat(node.inFlight()).isPositive());
    var closing = Thread.ofVirtual().start(node::close);
    mailboxes.slow.countDown();
    join(closing);

    assertThat(post.standing().of("leased")).isZero();
    assertThat(post.standing().of("sent")).isEqualTo(mailboxes.arrived.size());

    post.node("two", mailboxes.port()).start();
    Eventually.check(() -> assertThat(post.standing().of("sent")).isEqualTo(200));
    assertThat(mailboxes.recipients()).hasSize(200).doesNotHaveDuplicates();
  }

  /** Between campaigns nothing waits, and that is when PostgreSQL looks. */
  @Test
  void whatWaitsIsReadByItsIndexThoughStatisticsSayThatNothingDoes() {
    var now = post.clock.instant();
    var people =
        Stream.generate(post.ids::ulid).limit(2_000).map(id -> new Ledger.Due(id, "a@b.test", now));
    post.db.transact(tx ->
        post.ledger.enqueue(
            tx,
            new Consignment(PostOffice.SHOP, PostOffice.CAMPAIGN, PostOffice.SOURCE, true),
            people.toList()));
    post.db.sql("update message set state = 'sent', sent_at = created_at").run();
    post.db.sql("vacuum analyze message").run();
    post.db.sql("update message set state = 'queued', sent_at = null").run();

    var plan =
        post.db
            .sql("explain " + MessageQueue.LEASE)
            .bind("holder", "one")
            .bind("now", post.clock.instant())
            .array(
                "lanes",
                "smallint",
                Stream.iterate((short) 0, lane -> (short) (lane + 1)).limit(64).toList())
            .bind("most", 4)
            .list(row -> row.text("QUERY PLAN"));

    assertThat(plan).filteredOn(line -> line.contains("message_due")).hasSize(1);
    assertThat(plan).filteredOn(line -> line.contains("message_pkey")).hasSize(1);
    assertThat(plan).noneMatch(line -> line.contains("Seq Scan") || line.contains("Join Filter"));
  }

  @Test
  void whatAKilledNodeWasSendingIsSentAgainWhenItsLeasesEnd() {
    var people = post.people(100);
    post.enqueue(people);
    var before = post.db.sql("select count(*) as n from message").one(row -> row.number("n"));
    post.db
        .sql(
            """
            insert into lane_lease (queue, lane, holder, until)
            select 'message', lane, 'dead', clock_timestamp() + interval '1 s'
            from generate_series(0, 255) lane
            """)
        .run();
    post.db
        .sql(
            """
            update message set leased_by = 'dead', attempts = 1,
              tried_at = created_at
            """)
        .run();

    post.node("living", mailboxes.port()).start();

    Eventually.check(() -> assertThat(post.standing().of("sent")).isEqualTo(before));
    assertThat(new HashSet<>(mailboxes.recipients())).hasSize(100);
  }

  @Test
  void twoNodesShareACampaignAndNobodyGetsItTwice() {
    var people = post.people(600);
    post.node("one", mailboxes.port()).start();
    post.node("two", mailboxes.port()).start();
    post.enqueue(people);

    Eventually.check(() -> assertThat(post.standing().of("sent")).isEqualTo(600));
    assertThat(mailboxes.recipients()).hasSize(600).doesNotHaveDuplicates();
  }

  @Test
  void messagesOfAMergedProfileGoWithIt() {
    var from = post.person("From");
    var to = post.person("To");
    post.enqueue(List.of(from));

    post.db.transact(tx -> post.ledger.move(tx, PostOffice.SHOP, from, to));

    assertThat(post.column(to, "state")).isEqualTo("queued");
    assertThat(post.standing().of("queued")).isEqualTo(1);
  }

  @Test
  void aLetterLeavesOnceTheTransactionIsCommitted() {
    var node = post.node("one", mailboxes.port());
    try (var _ =
        new OutboxWorkers(
                post.db,
                post.clock,
                post.outbox,
                List.of(node.letters()),
                PostOffice.LANES,
                "one",
                post.metrics)
            .start()) {
      post.db.transact(tx ->
          post.letters.post(
              tx,
              new Letter(
                  PostOffice.SHOP,
                  post.ids.ulid(),
                  "tea@shop.test",
                  "Tea & Co",
                  "new@people.test",
                  "Please confirm",
                  "<p>Yes?</p>",
                  "Yes?")));

      Eventually.check(() -> assertThat(mailboxes.recipients()).containsExactly("new@people.test"));
      assertThat(mailboxes.arrived.getFirst().raw()).contains("Subject: Please confirm");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
