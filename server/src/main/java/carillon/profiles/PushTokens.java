package carillon.profiles;

import static java.util.stream.Collectors.groupingBy;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Queries;
import carillon.platform.db.Tx;
import carillon.platform.work.Outbox;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The devices of people. A token belongs to the profile that brought it last. */
public final class PushTokens {

  private static final String ALL =
      "select " + PushToken.COLUMNS + "\nfrom push_token t where t.account_id = :account";

  private final Database db;
  private final Outbox outbox;

  public PushTokens(Database db, Outbox outbox) {
    this.db = db;
    this.outbox = outbox;
  }

  /** Gives tokens to the profiles that bring them, whosever they were. */
  public void register(Tx tx, String account, List<PushToken> tokens) {
    if (tokens.isEmpty()) {
      return;
    }
    var last = new TreeMap<String, PushToken>();
    tokens.forEach(token -> last.put(token.token(), token));
    var all = List.copyOf(last.values());
    all.forEach(token -> hold(tx, account, token));
    var before =
        tx.sql(
                """
                delete from push_token t using unnest(:profiles, :tokens) n (profile, token)
                where t.account_id = :account and t.token = n.token and t.profile_id <> n.profile
                returning t.profile_id
                """)
            .bind("account", account)
            .array("profiles", "text", texts(all, PushToken::profileId))
            .array("tokens", "text", texts(all, PushToken::token))
            .list(row -> row.text("profile_id"));
    write(tx, account, all);
    tell(tx, account, before);
    tell(tx, account, texts(all, PushToken::profileId));
  }

  /** Two who bring the same token at once take turns. */
  private static void hold(Tx tx, String account, PushToken token) {
    tx.sql("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
        .bind("name", "push token " + account + " " + token.id())
        .list(_ -> true);
  }

  private static void write(Tx tx, String account, List<PushToken> all) {
    tx.sql(
            """
            insert into push_token (account_id, profile_id, id, token, platform, vendor,
              enablement_status, background, device, created_at, updated_at)
            select :account, profile, id, token, platform, vendor, enablement, background, device,
              at, at
            from unnest(:profiles, :ids, :tokens, :platforms, :vendors, :enablements, :backgrounds,
                :devices, :ats)
              n (profile, id, token, platform, vendor, enablement, background, device, at)
            order by profile, token
            on conflict (account_id, profile_id, token) do update set
              platform = excluded.platform, vendor = excluded.vendor,
              enablement_status = excluded.enablement_status, background = excluded.background,
              device = excluded.device, updated_at = excluded.updated_at
            """)
        .bind("account", account)
        .array("profiles", "text", texts(all, PushToken::profileId))
        .array("ids", "text", texts(all, PushToken::id))
        .array("tokens", "text", texts(all, PushToken::token))
        .array("platforms", "text", texts(all, one -> one.fact("platform")))
        .array("vendors", "text", texts(all, one -> one.fact("vendor")))
        .array("enablements", "text", texts(all, one -> one.fact("enablement_status")))
        .array("backgrounds", "text", texts(all, one -> one.fact("background")))
        .array("devices", "jsonb", all.stream().map(PushToken::device).toList())
        .array("ats", "timestamptz", all.stream().map(PushToken::createdAt).toList())
        .run();
  }

  /** Takes tokens from the profile that has them; answers how many it had. */
  public int remove(Tx tx, String account, String profile, Collection<String> tokens) {
    int removed =
        tx.sql(
                """
                delete from push_token
                where account_id = :account and profile_id = :profile and token = any(:tokens)
                """)
            .bind("account", account)
            .bind("profile", profile)
            .array("tokens", "text", tokens)
            .run();
    if (removed > 0) {
      tell(tx, account, List.of(profile));
    }
    return removed;
  }

  void delete(String account, String id) {
    db.transact(
        Database.Repeat.SAFE,
        tx -> {
          var token = get(tx, account, id);
          remove(tx, account, token.profileId(), List.of(token.token()));
        });
  }

  PushToken get(String account, String id) {
    return get(db, account, id);
  }

  private static PushToken get(Queries db, String account, String id) {
    return db.sql(ALL + " and t.id = :id")
        .bind("account", account)
        .bind("id", id)
        .first(PushToken::read)
        .orElseThrow(() -> ApiError.missing("A", "push token", id));
  }

  Slice<PushToken> page(String account, Select select) {
    return new Paged<>(ALL, "t.id", "text", PushToken::read)
        .bind("account", account)
        .page(db, select);
  }

  /** The tokens of profiles, by profile. */
  Map<String, List<PushToken>> of(String account, Collection<String> profiles) {
    return db
        .sql(ALL + " and t.profile_id = any(:profiles) order by t.created_at, t.id")
        .bind("account", account)
        .array("profiles", "text", profiles)
        .list(PushToken::read)
        .stream()
        .collect(groupingBy(PushToken::profileId));
  }

  private void tell(Tx tx, String account, List<String> profiles) {
    outbox.tell(
        tx,
        profiles.stream()
            .distinct()
            .map(id -> Identities.news(account, id, "DevicesChanged"))
            .toList());
  }

  private static List<String> texts(List<PushToken> tokens, Function<PushToken, String> fact) {
    return tokens.stream().map(fact).toList();
  }
}
