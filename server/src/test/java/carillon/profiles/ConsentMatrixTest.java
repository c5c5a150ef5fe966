package carillon.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.accounts.Accounts;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.work.Outbox;
import carillon.profiles.Consents.Purpose;
import carillon.profiles.Consents.Topic;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Who may get a message, for every combination of what somebody said, what stands against them
 * everywhere and on a list, which lists they are on, whether they can be reached, the channel and
 * what the message is for.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsentMatrixTest {

  private static final String SHOP = "SHOP01";
  private static final String LIST = "LIST01";
  private static final String OTHER = "LIST02";
  private static final String SEGMENT = "SEGM01";
  private static final List<String> STATUSES = List.of("", "SUBSCRIBED", "UNSUBSCRIBED");
  private static final List<String> REASONS =
      List.of(
          "", "HARD_BOUNCE", "INVALID_EMAIL", "SPAM_COMPLAINT", "UNSUBSCRIBE", "USER_SUPPRESSED");
  private static final List<Set<String>> MEMBERSHIPS =
      List.of(Set.of(), Set.of(LIST), Set.of(OTHER), Set.of(LIST, OTHER), Set.of(LIST, SEGMENT));

  private record Somebody(
      String id,
      String status,
      String everywhere,
      String onList,
      Set<String> groups,
      boolean reachable) {}

  private final TestClock clock = new TestClock();
  private final Ids ids = new Ids(clock, new Random(5));
  private final Database db = TestDatabase.create();
  private final Consents consents = new Consents(clock, ids, new Outbox(clock));
  private final List<Somebody> people = everybody();

  @AfterAll
  void close() {
    db.close();
  }

  @Test
  void everyCombinationIsJudgedByTheRules() {
    for (var topic : Topic.values()) {
      for (var purpose : purposes(topic)) {
        var refusals = consents.judge(db, SHOP, idsOf(people), purpose).refusals();
        for (var one : people) {
          assertThat(Optional.ofNullable(refusals.get(one.id())))
              .as("%s for %s", one, purpose)
              .isEqualTo(expected(one, purpose));
        }
      }
    }
  }

  @Test
  void theConditionsForEstimatesAgree() {
    for (var groups :
        List.of(List.<String>of(), List.of(LIST), List.of(LIST, OTHER), List.of(LIST, SEGMENT))) {
      var purpose = new Purpose(Topic.EMAIL_MARKETING, true, groups);
      var refused = consents.judge(db, SHOP, idsOf(people), purpose).refusals().keySet();
      var allowed = new TreeSet<>(idsOf(people));
      allowed.removeAll(refused);

      var counted =
          db.sql(
                  "select p.profile_id from profile p where p.account_id = :account and "
                      + Consents.mailable("p")
                      + " and "
                      + Consents.stillReached("p", ":groups"))
              .bind("account", SHOP)
              .array("groups", "text", groups)
              .list(row -> row.text("profile_id"));

      assertThat(new TreeSet<>(counted)).as("%s", groups).isEqualTo(allowed);
    }
  }

  private static List<Purpose> purposes(Topic topic) {
    return List.of(
        Purpose.marketing(topic),
        new Purpose(topic, true, List.of(LIST)),
        new Purpose(topic, true, List.of(LIST, OTHER)),
        new Purpose(topic, true, List.of(LIST, SEGMENT)),
        new Purpose(topic, true, List.of(SEGMENT)),
        Purpose.transactional(topic));
  }

  /** The rules in the plainest words. */
  private static Optional<Refusal> expected(Somebody one, Purpose purpose) {
    if (!one.reachable()) {
      return Optional.of(Refusal.NO_ADDRESS);
    }
    if (!purpose.topic().channel().equals("email")) {
      return switch (one.status()) {
        case "SUBSCRIBED" -> Optional.empty();
        case "UNSUBSCRIBED" -> Optional.of(Refusal.UNSUBSCRIBED);
        default -> Optional.of(Refusal.NO_CONSENT);
      };
    }
    if (!purpose.marketing()) {
      return switch (one.everywhere()) {
        case "HARD_BOUNCE", "INVALID_EMAIL", "SPAM_COMPLAINT" ->
            Optional.of(Refusal.valueOf(one.everywhere()));
        default -> Optional.empty();
      };
    }
    if (!one.everywhere().isEmpty()) {
      return Optional.of(
          one.everywhere().equals("UNSUBSCRIBE")
              ? Refusal.UNSUBSCRIBED
              : Refusal.valueOf(one.everywhere()));
    }
    if (one.status().equals("UNSUBSCRIBED")) {
      return Optional.of(Refusal.UNSUBSCRIBED);
    }
    var toList = purpose.groups().contains(LIST);
    var byAnother =
        List.of(OTHER, SEGMENT).stream()
            .anyMatch(group -> purpose.groups().contains(group) && one.groups().contains(group));
    return toList && !one.onList().isEmpty() && !byAnother
        ? Optional.of(Refusal.LEFT_LIST)
        : Optional.empty();
  }

  private List<Somebody> everybody() {
    var all = new ArrayList<Somebody>();
    for (var status : STATUSES) {
      for (var everywhere : REASONS) {
        for (var onList : REASONS) {
          for (var groups : MEMBERSHIPS) {
            for (var reachable : List.of(true, false)) {
              all.add(new Somebody(ids.ulid(), status, everywhere, onList, groups, reachable));
            }
          }
        }
      }
    }
    new Accounts(db, clock, ids, List.of()).create(SHOP, "Shop");
    db.sql(
            """
            insert into segment (account_id, id, name, definition, generation, created_at,
              updated_at)
            values (:account, :id, 'Some', '{}', 1, now(), now())
            """)
        .bind("account", SHOP)
        .bind("id", SEGMENT)
        .run();
    db.transact(tx -> all.forEach(one -> add(tx, one)));
    return all;
  }

  private static void add(carillon.platform.db.Tx tx, Somebody one) {
    tx.sql(
            """
            insert into profile (account_id, profile_id, email, phone_number, created_at,
              updated_at)
            values (:account, :id, :email, :phone, now(), now())
            """)
        .bind("account", SHOP)
        .bind("id", one.id())
        .bind("email", Optional.of(one.id() + "@example.com").filter(_ -> one.reachable()))
        .bind("phone", Optional.of("+4915112345678").filter(_ -> one.reachable()))
        .run();
    var rows = new HashMap<String, Object>();
    rows.put("account", SHOP);
    rows.put("id", one.id());
    for (var topic : Topic.values()) {
      tx.sql(
              """
              insert into consent (account_id, profile_id, channel, kind, status, updated_at)
              select :account, :id, :channel, :kind, :status, now() where :status <> ''
              """)
          .bindAll(rows)
          .bind("channel", topic.channel())
          .bind("kind", topic.kind())
          .bind("status", one.status())
          .run();
    }
    suppress(tx, rows, one.everywhere(), "");
    suppress(tx, rows, one.onList(), LIST);
    one.groups().forEach(group -> join(tx, rows, group));
    tx.sql(
            """
            insert into push_token (account_id, profile_id, id, token, platform, vendor,
              enablement_status, background, created_at, updated_at)
            values (:account, :id, :id, :id, 'ios', 'apns', :enablement, 'AVAILABLE', now(), now())
            """)
        .bindAll(rows)
        .bind("enablement", one.reachable() ? "AUTHORIZED" : "DENIED")
        .run();
  }

  private static void join(carillon.platform.db.Tx tx, HashMap<String, Object> rows, String group) {
    tx.sql(
            group.equals(SEGMENT)
                ? """
                insert into segment_member
                  (account_id, segment_id, generation, profile_id, joined_at)
                values (:account, :group, 1, :id, now())
                """
                : """
                insert into list_member (account_id, list_id, profile_id, joined_at)
                values (:account, :group, :id, now())
                """)
        .bindAll(rows)
        .bind("group", group)
        .run();
  }

  private static void suppress(
      carillon.platform.db.Tx tx, HashMap<String, Object> rows, String reason, String list) {
    tx.sql(
            """
            insert into suppression (account_id, profile_id, reason, list_id, at)
            select :account, :id, :reason, :list, now() where :reason <> ''
            """)
        .bindAll(rows)
        .bind("reason", reason)
        .bind("list", list)
        .run();
  }

  private static List<String> idsOf(List<Somebody> all) {
    return all.stream().map(Somebody::id).toList();
  }
}
