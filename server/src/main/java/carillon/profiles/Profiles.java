package carillon.profiles;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Relation;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Select;
import carillon.platform.db.Database;
import carillon.platform.db.Queries;
import carillon.platform.db.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The people of the accounts, for reading. */
public final class Profiles {

  /** A profile as the related resource of others. */
  public static final ResourceType<Profile> TYPE = type(profile -> profile, List.of());

  private final Database db;
  private final Subscriptions subscriptions;

  public Profiles(Database db) {
    this.db = db;
    this.subscriptions = new Subscriptions();
  }

  /**
   * The resource type of profiles in rows that may tell more of them, such as when they joined.
   *
   * @param of the profile of a row
   * @param more attributes told after those of the profile
   */
  public static <T> ResourceType<T> type(Function<T, Profile> of, List<Attribute<T>> more) {
    var attributes = new ArrayList<>(ProfileAttributes.of(of));
    attributes.addAll(more);
    return ResourceType.of("profile", "profiles", (T row) -> of.apply(row).id(), attributes)
        .with(
            List.of(
                Relation.many("lists", "list"),
                Relation.many("segments", "segment"),
                Relation.many("push-tokens", "push-token")))
        .withLooseId();
  }

  /** The columns of a profile {@code p} that {@link #read} needs. */
  public static final String COLUMNS = ProfileRows.COLUMNS;

  /** The same for many: their newest events are not looked up. */
  public static final String PLAIN_COLUMNS = ProfileRows.PLAIN_COLUMNS;

  /** Reads a profile from a row with {@link #COLUMNS} or {@link #PLAIN_COLUMNS}. */
  public static Profile read(carillon.platform.db.Row row) {
    return ProfileRows.read(row);
  }

  /** A profile of the account; empty when there is none, or it was merged away. */
  public Optional<Profile> find(Queries queries, String account, String id) {
    return ProfileRows.find(queries, account, id);
  }

  /**
   * A profile of the account.
   *
   * @throws ApiError 404 when there is none
   */
  public Profile get(String account, String id) {
    return find(db, account, id).orElseThrow(() -> missing(id));
  }

  /** Profiles of the account by id; those that are not there are left out. */
  public Map<String, Profile> get(Queries queries, String account, Collection<String> ids) {
    return ProfileRows.byId(queries, account, ids);
  }

  /** The same, outside a transaction. */
  public Map<String, Profile> get(String account, Collection<String> ids) {
    return get(db, account, ids);
  }

  /** The profiles with what was asked for of their subscriptions, in the same order. */
  public List<Profile> told(String account, List<Profile> profiles, Select select) {
    return subscriptions.told(db, account, profiles, select);
  }

  /** Which of the ids belong to profiles of the account. */
  public Set<String> existing(String account, Collection<String> ids) {
    return ProfileRows.existing(db, account, ids);
  }

  /** The same, and these stay: none is merged away before the transaction ends. */
  public Set<String> existing(Tx tx, String account, Collection<String> ids) {
    hold(tx, account);
    return ProfileRows.existing(tx, account, ids);
  }

  /** Lets no profile of the account be merged away until the transaction ends. */
  static void hold(Tx tx, String account) {
    tx.sql("select pg_advisory_xact_lock_shared(hashtextextended(:name, 0))")
        .bind("name", "profiles " + account)
        .ahead();
  }

  /** Waits until nobody holds the profiles of the account, and lets nobody until the end. */
  static void seize(Tx tx, String account) {
    tx.sql("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
        .bind("name", "profiles " + account)
        .list(_ -> true);
  }

  static ApiError missing(String id) {
    return ApiError.missing("A", "profile", id);
  }
}
