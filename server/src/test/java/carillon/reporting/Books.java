package carillon.reporting;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.accounts.ApiKeys;
import carillon.events.EventKey;
import carillon.jsonapi.Caller;
import carillon.jsonapi.Json;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.work.Lanes;
import carillon.tags.Tags;
import carillon.testing.SeededIds;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** What an account's campaigns have done, written row by row. */
final class Books {

  private static final Ids IDS = SeededIds.of(7, Clock.systemUTC());
  private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");

  private final Database db;
  private final Accounts accounts;
  private final String account;
  private final AtomicLong seq = new AtomicLong();

  /** A campaign and its message. */
  record Campaign(String id, String message) {}

  private Books(Database db, Accounts accounts, String account) {
    this.db = db;
    this.accounts = accounts;
    this.account = account;
  }

  /** The books of a new account whose days are those of a place. */
  static Books open(Database db, String zone) {
    var tags = new Tags(db, Clock.systemUTC(), IDS, Map.of());
    var accounts = new Accounts(db, Clock.systemUTC(), IDS, List.of(tags::prepare));
    var account = accounts.create("Books");
    accounts.describe(
        account.id(), account.name(), ZoneId.of(zone), account.sender(), account.address());
    return new Books(db, accounts, account.id());
  }

  String account() {
    return account;
  }

  Accounts accounts() {
    return accounts;
  }

  void attributeWithin(java.time.Duration window) {
    var usual = Account.Rules.USUAL;
    accounts.setRules(account, usual.withAttribution(window));
  }

  String key() {
    return new ApiKeys(db, Clock.systemUTC(), IDS, new Random(IDS.uuid().hashCode()), accounts)
        .create(account, "for tests", Set.of(Caller.EVERYTHING));
  }

  Campaign campaign(String name, String... audiences) {
    var campaign = new Campaign(IDS.ulid(), IDS.ulid());
    var included = Json.object();
    var ids = included.putArray("included");
    List.of(audiences).forEach(ids::add);
    db.sql(
            """
            insert into campaign (account_id, id, name, status, channel, audiences, send_strategy,
              send_options, tracking_options, created_at, updated_at)
            values (:account, :id, :name, 'Sent', 'email', :audiences, '{}', '{}', '{}', :at, :at)
            """)
        .bind("account", account)
        .bind("id", campaign.id())
        .bind("name", name)
        .bind("audiences", included)
        .bind("at", LONG_AGO)
        .run();
    db.sql(
            """
            insert into campaign_message
              (account_id, id, campaign_id, definition, created_at, updated_at)
            values (:account, :id, :campaign, :definition, :at, :at)
            """)
        .bind("account", account)
        .bind("id", campaign.message())
        .bind("campaign", campaign.id())
        .bind("definition", Json.object().put("label", name + " mail"))
        .bind("at", LONG_AGO)
        .run();
    return campaign;
  }

  String list(String name) {
    var id = IDS.shortId();
    db.sql(
            """
            insert into list (account_id, id, name, opt_in_process, created_at, updated_at)
            values (:account, :id, :name, 'single_opt_in', :at, :at)
            """)
        .bind("account", account)
        .bind("id", id)
        .bind("name", name)
        .bind("at", LONG_AGO)
        .run();
    return id;
  }

  UUID tag(String name, Campaign... tagged) {
    var id = IDS.uuid();
    db.sql(
            """
            insert into tag (account_id, id, tag_group_id, name, created_at)
            select account_id, :id, id, :name, :at from tag_group where account_id = :account
            """)
        .bind("account", account)
        .bind("id", id)
        .bind("name", name)
        .bind("at", LONG_AGO)
        .run();
    for (var campaign : tagged) {
      db.sql(
              """
              insert into tagging (account_id, kind, resource_id, tag_id, created_at)
              values (:account, 'campaign', :campaign, :tag, :at)
              """)
          .bind("account", account)
          .bind("campaign", campaign.id())
          .bind("tag", id)
          .bind("at", LONG_AGO)
          .run();
    }
    return id;
  }

  /** Somebody new. */
  String person() {
    return IDS.ulid();
  }

  /** A mail to somebody new. */
  String mail(Campaign campaign, String sent, String changes) {
    return mail(campaign, person(), sent, changes);
  }

  /** A mail that was sent then; {@code changes} says in SQL what else became of it. */
  String mail(Campaign campaign, String person, String sent, String changes) {
    db.sql(
            """
            insert into message (lane, profile_id, source_id, account_id, campaign_id, channel,
              recipient, state, due_at, created_at, sent_at)
            values (:lane, :person, :source, :account, :campaign, 'email', 'a@example.com', 'sent',
              :sent, :sent, :sent)
            """)
        .bind("lane", Lanes.of(person))
        .bind("person", person)
        .bind("source", campaign.message())
        .bind("account", account)
        .bind("campaign", campaign.id())
        .bind("sent", Instant.parse(sent))
        .run();
    if (!changes.isEmpty()) {
      db.sql(
              "update message set "
                  + changes
                  + " where lane = :lane and profile_id = :person and source_id = :source")
          .bind("lane", Lanes.of(person))
          .bind("person", person)
          .bind("source", campaign.message())
          .run();
    }
    return person;
  }

  String apiMetric(String name) {
    return metric(name, "API", "API", "apikey");
  }

  String internalMetric(String name) {
    return metric(name, "Klaviyo", "Internal", "0rG4eQ");
  }

  private String metric(String name, String integration, String category, String integrationId) {
    var id = IDS.shortId();
    db.sql(
            """
            insert into metric (account_id, id, name, integration_id, integration_key,
              integration_name, integration_category, created_at, updated_at)
            values (:account, :id, :name, :integrationId, lower(:integration), :integration,
              :category, :at, :at)
            """)
        .bind("account", account)
        .bind("id", id)
        .bind("name", name)
        .bind("integrationId", integrationId)
        .bind("integration", integration)
        .bind("category", category)
        .bind("at", LONG_AGO)
        .run();
    return id;
  }

  EventKey event(String person, String metric, String at, String properties) {
    return event(person, metric, at, Optional.empty(), properties);
  }

  EventKey event(
      String person, String metric, String at, Optional<BigDecimal> value, String properties) {
    var key = new EventKey(person, Instant.parse(at), seq.incrementAndGet());
    db.sql(
            """
            insert into event
              (account_id, profile_id, at, seq, metric_id, unique_id, value, properties)
            values (:account, :person, :at, :seq, :metric, :unique, :value, :properties)
            """)
        .bind("account", account)
        .bind("person", person)
        .bind("at", key.at())
        .bind("seq", key.seq())
        .bind("metric", metric)
        .bind("unique", Long.toString(key.seq()))
        .bind("value", value)
        .bind("properties", Json.read(properties))
        .run();
    return key;
  }

  /** An event that is owed to a campaign. */
  void conversion(Campaign campaign, String person, String metric, String at, String value) {
    var key = event(person, metric, at, Optional.of(new BigDecimal(value)), "{}");
    db.sql(
            """
            insert into attribution (account_id, profile_id, event_at, event_seq, metric_id,
              touch_at, touch_seq, campaign_id, message_id)
            values (:account, :person, :at, :seq, :metric, :at, 0, :campaign, :message)
            """)
        .bind("account", account)
        .bind("person", person)
        .bind("at", key.at())
        .bind("seq", key.seq())
        .bind("metric", metric)
        .bind("campaign", campaign.id())
        .bind("message", campaign.message())
        .run();
  }
}
