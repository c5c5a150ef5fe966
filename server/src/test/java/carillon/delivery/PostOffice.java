package carillon.delivery;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.delivery.Ledger.Consignment;
import carillon.delivery.Ledger.Due;
import carillon.django.Language;
import carillon.events.Events;
import carillon.events.Metrics;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.lists.Lists;
import carillon.lists.Registers;
import carillon.platform.Ids;
import carillon.platform.Secret;
import carillon.platform.Settings;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.platform.http.Pages;
import carillon.platform.work.LaneOptions;
import carillon.platform.work.Outbox;
import carillon.profiles.Consents;
import carillon.profiles.Identities;
import carillon.profiles.KxTokens;
import carillon.profiles.Profiles;
import carillon.profiles.PushTokens;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Delivery on a database of its own, with a shop, people and a mailing. */
final class PostOffice implements AutoCloseable {

  static final String SHOP = "shop01";
  static final String CAMPAIGN = "CAMPAIGN0000000000000000AA";
  static final String SOURCE = "MESSAGE00000000000000000AA";
  static final byte[] SECRET = "a secret for tests".getBytes(StandardCharsets.UTF_8);
  static final String URL = "https://mail.shop.test";
  static final LaneOptions LANES =
      new LaneOptions(
          Duration.ofMillis(1500),
          4,
          Duration.ofMillis(5),
          Duration.ofMillis(40),
          Duration.ZERO,
          0);

  final Database db = TestDatabase.create();
  final TestClock clock = new TestClock();
  final Ids ids = new Ids(clock, new Random(7));
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final Outbox outbox = new Outbox(clock);
  final Accounts accounts = new Accounts(db, clock, ids, List.of());
  final Identities identities = new Identities(clock, ids, outbox, new KxTokens(SECRET));
  final Profiles profiles = new Profiles(db);
  final Consents consents = new Consents(clock, ids, outbox);
  final Lists lists = new Lists(db, clock, ids, identities, outbox);
  final Events events =
      new Events(db, clock, new Metrics(db, clock, ids), profiles, identities, outbox, metrics);
  final Registers registers =
      new Registers(clock, ids, identities, consents, new PushTokens(db, outbox), events, lists);
  final ProfileContacts contacts = new ProfileContacts(db, profiles, registers);
  final Ledger ledger = new Ledger(clock);
  final Letters letters = new Letters(outbox, ids, clock);
  final Map<String, Mailing> mailings = new ConcurrentHashMap<>();
  final TrackingLinks links = new TrackingLinks(URL, SECRET);

  /** Profiles of whom no signal can be recorded. */
  final Set<String> unspeakable = ConcurrentHashMap.newKeySet();

  private final List<Delivery> nodes = new ArrayList<>();

  PostOffice() {
    accounts.create(SHOP, "Tea & Co");
    mailings.put(SOURCE, mailing("Hello {{ first_name }}", "<p>Dear {{ first_name }}</p>"));
  }

  static Mailing mailing(String subject, String html) {
    return mailing(SOURCE, subject, html, Tracking.PLAIN, Mailing.Treatment.USUAL);
  }

  static Mailing mailing(
      String source, String subject, String html, Tracking tracking, Mailing.Treatment treatment) {
    return new Mailing(
        source,
        new Mailing.Campaign(
            CAMPAIGN, "Spring", "Spring mail", Optional.of(new Mailing.Group("LIST01", "News"))),
        Mailing.Sender.of("tea@shop.test", "Tea & Co"),
        subject,
        "",
        html,
        Optional.empty(),
        tracking,
        treatment);
  }

  /** A node that sends through a relay on a port, or into the built-in outbox when it is 0. */
  Delivery node(String name, int smtpPort) {
    return node(name, smtpPort, Optional.empty());
  }

  Delivery node(String name, int smtpPort, Optional<String> bounceDomain) {
    var mail =
        new Settings.Mail(
            Optional.of(smtpPort)
                .filter(port -> port > 0)
                .map(port -> new Secret("smtp://localhost:" + port)),
            Optional.empty(),
            bounceDomain,
            Settings.Inbound.NONE,
            Settings.Kept.STANDARD);
    var node =
        new Delivery(
            new Delivery.Ground(db, clock, ids, accounts, metrics),
            new Delivery.Partners(
                (_, sources) -> {
                  var found = new HashMap<>(mailings);
                  found.keySet().retainAll(sources);
                  return found;
                },
                contacts,
                this::signal),
            new Delivery.Setup(mail, URL, SECRET, Language.marketing(), LANES, name),
            ledger,
            letters);
    nodes.add(node);
    return node;
  }

  private void signal(Tx tx, String account, List<Signals.Signal> signals) {
    if (signals.stream().anyMatch(signal -> unspeakable.contains(signal.profile()))) {
      throw new IllegalStateException("cannot be told");
    }
    EventSignals.to(events).record(tx, account, signals);
  }

  String person(String name) {
    return person(name, name.toLowerCase(java.util.Locale.ROOT) + "@people.test");
  }

  String person(String name, String email) {
    var id = ids.ulid();
    db.sql(
            """
            insert into profile (profile_id, account_id, email, first_name, created_at, updated_at)
            values (:id, :account, :email, :name, :now, :now)
            """)
        .bind("id", id)
        .bind("account", SHOP)
        .bind("email", email)
        .bind("name", name)
        .bind("now", clock.instant())
        .run();
    return id;
  }

  List<String> people(int count) {
    return IntStream.range(0, count).mapToObj(i -> person("P" + i)).toList();
  }

  void enqueue(List<String> profiles) {
    enqueue(SOURCE, profiles);
  }

  void enqueue(String source, List<String> profiles) {
    var due =
        profiles.stream()
            .map(profile ->
                new Due(
                    profile,
                    profiles().get(db, SHOP, List.of(profile)).get(profile).email().orElse(""),
                    clock.instant()))
            .toList();
    db.transact(tx -> ledger.enqueue(tx, new Consignment(SHOP, CAMPAIGN, source, true), due));
  }

  private Profiles profiles() {
    return profiles;
  }

  Ledger.Standing standing() {
    return ledger.standing(db, SHOP, CAMPAIGN);
  }

  MessageRef ref(String profile) {
    return new MessageRef(SHOP, profile, SOURCE);
  }

  /** A column of the row of a person, as text. */
  String column(String profile, String column) {
    return db.sql(
            "select coalesce(%s::text, '') as it from message where profile_id = :id and source_id = :source"
                .formatted(column))
        .bind("id", profile)
        .bind("source", SOURCE)
        .one(row -> row.text("it"));
  }

  /** The properties of all events of a metric. */
  List<JsonNode> events(String metric) {
    return db.sql(
            """
            select e.properties from event e
            join metric m on m.account_id = e.account_id and m.id = e.metric_id
            where m.name = :metric order by e.at, e.seq
            """)
        .bind("metric", metric)
        .list(row -> row.json("properties"));
  }

  Account account() {
    return accounts.get(SHOP);
  }

  static Pages pages(Delivery node) {
    var pages = new Pages();
    node.addTo(pages);
    return pages;
  }

  static HttpResponse get(Pages pages, String path, Map<String, String> headers) {
    return ask(pages, "GET", path, headers, "");
  }

  static HttpResponse get(Pages pages, String path) {
    return get(pages, path, Map.of());
  }

  static HttpResponse post(Pages pages, String path, String form) {
    return ask(pages, "POST", path, Map.of(), form);
  }

  private static HttpResponse ask(
      Pages pages, String method, String url, Map<String, String> headers, String body) {
    var parts = url.replace(URL, "").split("\\?", 2);
    return pages
        .answer(
            new HttpRequest(
                method,
                parts[0],
                parts.length == 2 ? parts[1] : "",
                headers::get,
                body.getBytes(StandardCharsets.UTF_8)))
        .orElseThrow();
  }

  static String text(HttpResponse answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    nodes.forEach(Delivery::close);
    events.close();
    db.close();
  }
}
