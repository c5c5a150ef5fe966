package carillon.accounts;

import carillon.jsonapi.Json;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Queries;
import carillon.platform.db.Row;
import carillon.platform.db.Tx;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The accounts on this server. */
public final class Accounts {

  /** How long a node may not notice what another changed. */
  private static final Duration STALE = Duration.ofSeconds(10);

  private final Database db;
  private final Clock clock;
  private final Ids ids;
  private final List<NewAccount> preparations;
  private final LoadingCache<String, Optional<Account>> cache;

  public Accounts(Database db, Clock clock, Ids ids, List<NewAccount> preparations) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
    this.preparations = List.copyOf(preparations);
    this.cache =
        Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(STALE).build(this::load);
  }

  /** Makes an account with a new id. */
  public Account create(String name) {
    return create(ids.shortId(), name);
  }

  /** Makes an account with this id, of six letters and digits. */
  public Account create(String id, String name) {
    db.transact(tx -> {
      tx.sql("insert into account (id, name, created_at) values (:id, :name, :now)")
          .bind("id", id)
          .bind("name", name)
          .bind("now", clock.instant())
          .run();
      preparations.forEach(preparation -> preparation.prepare(tx, id));
    });
    cache.invalidate(id);
    return get(id);
  }

  /** The account of a caller, which is known to be there. */
  public Account get(String id) {
    return find(id).orElseThrow(() -> new IllegalStateException("no account " + id));
  }

  /** The same, for those who have a transaction open. */
  public Account get(Queries queries, String id) {
    return (db.isTrial() ? load(queries, id) : cache.get(id, unread -> load(queries, unread)))
        .orElseThrow(() -> new IllegalStateException("no account " + id));
  }

  /** The account with this id. */
  public Optional<Account> find(String id) {
    return db.isTrial() ? load(id) : cache.get(id);
  }

  /** All accounts, the oldest first. */
  public List<Account> all() {
    return db.sql("select * from account order by created_at, id").list(Accounts::account);
  }

  /** Says who the shop is. */
  public void describe(
      String id, String name, ZoneId timezone, Account.Sender sender, Account.Address address) {
    change(id, account -> account.with(name, timezone, sender, address, account.rules()));
  }

  /** Changes how the account sends and attributes. */
  public void setRules(String id, Account.Rules rules) {
    change(
        id,
        account ->
            account.with(
                account.name(), account.timezone(), account.sender(), account.address(), rules));
  }

  /** Changes an account; other nodes notice within {@link #STALE}. */
  Account change(String id, UnaryOperator<Account> change) {
    var changed =
        db.transaction(
            Database.Repeat.SAFE,
            tx -> {
              var account =
                  tx.sql("select * from account where id = :id for update")
                      .bind("id", id)
                      .one(Accounts::account);
              var wanted = change.apply(account);
              write(tx, wanted);
              return wanted;
            });
    cache.invalidate(id);
    return changed;
  }

  private static void write(Tx tx, Account account) {
    var sender = account.sender();
    var address = account.address();
    tx.sql(
            """
            update account set name = :name, timezone = :timezone, sender_name = :senderName,
              sender_email = :senderEmail, website_url = :website, address1 = :address1,
              address2 = :address2, city = :city, region = :region, country = :country, zip = :zip,
              settings = settings || :settings
            where id = :id
            """)
        .bind("id", account.id())
        .bind("name", account.name())
        .bind("timezone", account.timezone().getId())
        .bind("senderName", sender.name())
        .bind("senderEmail", sender.email())
        .bind("website", sender.website())
        .bind("address1", address.address1())
        .bind("address2", address.address2())
        .bind("city", address.city())
        .bind("region", address.region())
        .bind("country", address.country())
        .bind("zip", address.zip())
        .bind("settings", settings(account.rules()))
        .run();
  }

  private static ObjectNode settings(Account.Rules rules) {
    return Json.object()
        .put("smart_sending_seconds", rules.smartSending().toSeconds())
        .put("attribution_seconds", rules.attribution().toSeconds())
        .put("double_opt_in", rules.doubleOptIn())
        .put("confirmation_template", rules.confirmation().template().orElse(null))
        .put("confirmation_subject", rules.confirmation().subject().orElse(null));
  }

  private Optional<Account> load(String id) {
    return load(db, id);
  }

  private static Optional<Account> load(Queries queries, String id) {
    return queries
        .sql("select * from account where id = :id")
        .bind("id", id)
        .first(Accounts::account);
  }

  private static Account account(Row row) {
    return new Account(
        row.text("id"),
        row.text("name"),
        ZoneId.of(row.text("timezone")),
        row.text("currency"),
        row.text("locale"),
        row.text("industry"),
        row.bool("test_account"),
        new Account.Sender(
            row.text("sender_name"), row.text("sender_email"), row.text("website_url")),
        new Account.Address(
            row.text("address1"),
            row.text("address2"),
            row.text("city"),
            row.text("region"),
            row.text("country"),
            row.text("zip")),
        rules((ObjectNode) row.json("settings")),
        row.instant("created_at"));
  }

  private static Account.Rules rules(ObjectNode settings) {
    var usual = Account.Rules.USUAL;
    return new Account.Rules(
        seconds(settings.get("smart_sending_seconds"), usual.smartSending()),
        seconds(settings.get("attribution_seconds"), usual.attribution()),
        settings.has("double_opt_in")
            ? settings.get("double_opt_in").booleanValue()
            : usual.doubleOptIn(),
        new Account.Confirmation(
            text(settings, "confirmation_template"), text(settings, "confirmation_subject")));
  }

  private static Optional<String> text(ObjectNode settings, String name) {
    return settings.hasNonNull(name)
        ? Optional.of(settings.get(name).stringValue())
        : Optional.empty();
  }

  private static Duration seconds(JsonNode value, Duration usual) {
    return value == null ? usual : Duration.ofSeconds(value.longValue());
  }
}
