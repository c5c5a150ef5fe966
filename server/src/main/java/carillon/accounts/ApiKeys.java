package carillon.accounts;

import carillon.jsonapi.Caller;
import carillon.jsonapi.Keys;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Row;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Private keys. A key is told once, when it is made; only its SHA-256 is kept. */
public final class ApiKeys implements Keys {

  private static final String PREFIX = "pk_";

  /** How long a revoked key may still work on a node that has just used it. */
  private static final Duration STALE = Duration.ofSeconds(10);

  private final Database db;
  private final Clock clock;
  private final Ids ids;
  private final RandomGenerator random;
  private final Accounts accounts;
  private final LoadingCache<ByteBuffer, Optional<AgentKey>> cache;

  public ApiKeys(Database db, Clock clock, Ids ids, RandomGenerator random, Accounts accounts) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
    this.accounts = accounts;
    this.cache =
        Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(STALE).build(this::load);
  }

  /** A key as lists of keys show it. */
  public record ApiKey(
      UUID id,
      String account,
      String name,
      String last4,
      List<String> scopes,
      GuardRails rails,
      Instant createdAt,
      Optional<Instant> revokedAt) {}

  /** A key in the hands of an agent: who it stands for, and what holds for its tools. */
  public record AgentKey(UUID id, Caller caller, GuardRails rails) {}

  /** Makes a key and tells it, the only time. */
  public String create(String account, String name, Set<String> scopes) {
    return create(account, name, scopes, GuardRails.USUAL);
  }

  /** The same, with what holds for agents that use it. */
  public String create(String account, String name, Set<String> scopes, GuardRails rails) {
    var bytes = new byte[17];
    random.nextBytes(bytes);
    return create(account, name, scopes, PREFIX + HexFormat.of().formatHex(bytes), rails);
  }

  /** Makes a key with a text of the operator's own. */
  public String create(String account, String name, Set<String> scopes, String key) {
    return create(account, name, scopes, key, GuardRails.USUAL);
  }

  private String create(
      String account, String name, Set<String> scopes, String key, GuardRails rails) {
    db.sql(
            """
            insert into api_key (id, account_id, name, hash, last4, scopes, read_only, dry_run,
              confirm_sends, recipients_per_day, created_at)
            values (:id, :account, :name, :hash, :last4, :scopes, :readOnly, :dryRun,
              :confirmSends, :recipientsPerDay, :now)
            """)
        .bind("id", ids.uuid())
        .bind("account", account)
        .bind("name", name)
        .bind("hash", hash(key))
        .bind("last4", last4(key))
        .array("scopes", "text", scopes)
        .bind("readOnly", rails.readOnly())
        .bind("dryRun", rails.dryRun())
        .bind("confirmSends", rails.confirmSends())
        .bind("recipientsPerDay", rails.recipientsPerDay())
        .bind("now", clock.instant())
        .run();
    cache.invalidate(ByteBuffer.wrap(hash(key)));
    return key;
  }

  /** All keys, the oldest first. */
  public List<ApiKey> all() {
    return db.sql("select * from api_key order by created_at, id")
        .list(row ->
            new ApiKey(
                row.uuid("id"),
                row.text("account_id"),
                row.text("name"),
                row.text("last4"),
                row.texts("scopes"),
                rails(row),
                row.instant("created_at"),
                row.maybeInstant("revoked_at")));
  }

  /** Sets what holds for the tools of a key; false when there is no such key. */
  public boolean setRails(String idOrLast4, GuardRails rails) {
    var changed =
        db.sql(
                """
                update api_key set read_only = :readOnly, dry_run = :dryRun,
                  confirm_sends = :confirmSends, recipients_per_day = :recipientsPerDay
                where revoked_at is null and (id::text = :key or last4 = :key)
                """)
            .bind("key", idOrLast4)
            .bind("readOnly", rails.readOnly())
            .bind("dryRun", rails.dryRun())
            .bind("confirmSends", rails.confirmSends())
            .bind("recipientsPerDay", rails.recipientsPerDay())
            .run();
    cache.invalidateAll();
    return changed > 0;
  }

  /** Ends a key, named by its id or last four characters; false when there is no such key. */
  public boolean revoke(String idOrLast4) {
    var revoked =
        db.sql(
                """
                update api_key set revoked_at = :now
                where revoked_at is null and (id::text = :key or last4 = :key)
                """)
            .bind("key", idOrLast4)
            .bind("now", clock.instant())
            .run();
    cache.invalidateAll();
    return revoked > 0;
  }

  @Override
  public Optional<Caller> caller(String privateKey) {
    return agent(privateKey).map(AgentKey::caller);
  }

  /** The key with its guard rails, for those who call tools with it. */
  public Optional<AgentKey> agent(String privateKey) {
    return cache.get(ByteBuffer.wrap(hash(privateKey)));
  }

  @Override
  public Optional<Caller> company(String companyId) {
    return Optional.of(companyId)
        .filter(id -> id.matches("[A-Za-z0-9]{6}"))
        .flatMap(accounts::find)
        .map(account -> new Caller(account.id(), "", Set.of()));
  }

  private Optional<AgentKey> load(ByteBuffer hash) {
    return db.sql("select * from api_key where hash = :hash and revoked_at is null")
        .bind("hash", hash.array())
        .first(row -> new AgentKey(row.uuid("id"), caller(row), rails(row)));
  }

  private static Caller caller(Row row) {
    return new Caller(
        row.text("account_id"),
        row.text("last4"),
        Set.copyOf(row.texts("scopes")),
        rails(row).restraint());
  }

  private static GuardRails rails(Row row) {
    return new GuardRails(
        row.bool("read_only"),
        row.bool("dry_run"),
        row.bool("confirm_sends"),
        row.maybeNumber("recipients_per_day"));
  }

  private static String last4(String key) {
    return key.substring(Math.max(0, key.length() - 4));
  }

  private static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
