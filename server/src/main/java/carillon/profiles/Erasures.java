package carillon.profiles;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Json;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import carillon.platform.db.Row;
import carillon.platform.db.Tx;
import carillon.platform.work.News;
import carillon.platform.work.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Forgets people who ask for it. First the profile goes, with its identifiers and everything that
 * belongs to it, so that nobody can add to it; then each feature forgets its own in small steps.
 * Because a mail or a click may have been under way, all of it is swept again some minutes later;
 * only then is it forgotten that somebody asked.
 */
public final class Erasures {

  /** News of a profile that is no longer there; nothing of the person is told. */
  public static final String KIND = "ProfileErased";

  private static final Duration LEASE = Duration.ofMinutes(1);

  /** How long after a sweep the next one is; after the last there is none. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(9));

  private final Database db;
  private final Clock clock;
  private final Ids ids;
  private final Outbox outbox;
  private final List<Forgetting> features;

  public Erasures(Database db, Clock clock, Ids ids, Outbox outbox, List<Forgetting> features) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
    this.outbox = outbox;
    this.features = List.copyOf(features);
  }

  /**
   * Asks for everybody who has an identifier to be forgotten soon.
   *
   * @param kind id, email or phone_number
   * @param value in its stored form
   * @throws ApiError 404 when nobody has it
   */
  public void request(String account, String kind, String value) {
    var identifier =
        kind.equals("id")
            ? Identifier.profileId(value)
            : new Identifier(Identifier.Kind.of(kind), value);
    db.transact(
        Repeat.SAFE,
        tx -> {
          Profiles.hold(tx, account);
          request(
              tx, account, owner(tx, account, identifier).orElseThrow(() -> nobody(kind, value)));
        });
  }

  private static Optional<String> owner(Tx tx, String account, Identifier identifier) {
    var living =
        identifier.kind() == Identifier.Kind.PROFILE_ID
            ? ProfileRows.existing(tx, account, List.of(identifier.value()))
            : Set.<String>of();
    return living.stream()
        .findFirst()
        .or(() ->
            Optional.ofNullable(
                IdentifierRows.owners(tx, account, List.of(identifier)).get(identifier)));
  }

  private static ApiError nobody(String kind, String value) {
    return ApiError.of(
        Fault.Code.NOT_FOUND,
        "No profile with %s \"%s\" found.  The profile may have already been deleted."
            .formatted(kind, value));
  }

  private void request(Tx tx, String account, String profile) {
    tx.sql(
            """
            insert into erasure (account_id, profile_id, anonymous_id, due_at)
            values (:account, :profile, :anonymous, :now)
            on conflict do nothing
            """)
        .bind("account", account)
        .bind("profile", profile)
        .bind("anonymous", ids.ulid())
        .bind("now", clock.instant())
        .run();
  }

  private record Due(String account, String profile, String anonymousId, int sweeps) {
    static Due read(Row row) {
      return new Due(
          row.text("account_id"),
          row.text("profile_id"),
          row.text("anonymous_id"),
          row.integer("sweeps"));
    }
  }

  /** Forgets the next person, or sweeps once more; false when nobody is due. */
  public boolean attempt() {
    var due = take();
    due.ifPresent(this::sweep);
    return due.isPresent();
  }

  private Optional<Due> take() {
    var now = clock.instant();
    return db.sql(
            """
            update erasure e set leased_until = :until
            from (
              select account_id, profile_id from erasure
              where due_at <= :now and (leased_until is null or leased_until <= :now)
              order by due_at limit 1) due
            where e.account_id = due.account_id and e.profile_id = due.profile_id
              and e.due_at <= :now and (e.leased_until is null or e.leased_until <= :now)
            returning e.account_id, e.profile_id, e.anonymous_id, e.sweeps
            """)
        .bind("until", now.plus(LEASE))
        .bind("now", now)
        .first(Due::read);
  }

  /** Every step may be done twice, also by two nodes at once: what is forgotten stays so. */
  private void sweep(Due due) {
    var person = db.transaction(Repeat.SAFE, tx -> begin(tx, due));
    for (var feature : features) {
      var more = true;
      while (more) {
        more = db.transaction(Repeat.SAFE, tx -> feature.forget(tx, person)) > 0;
        extend(due);
      }
    }
    end(due);
  }

  private Erased begin(Tx tx, Due due) {
    Profiles.seize(tx, due.account());
    var known = knownAs(tx, due);
    var person = person(due, known);
    person.ids().forEach(id -> Belongings.delete(tx, due.account(), id));
    outbox.forget(tx, person.ids(), KIND);
    if (!ProfileRows.existing(tx, due.account(), List.of(due.profile())).isEmpty()) {
      IdentifierRows.releaseAll(tx, due.account(), due.profile());
      ProfileRows.delete(tx, due.account(), due.profile());
      outbox.tell(tx, List.of(new News(due.account(), due.profile(), KIND, Json.object())));
    }
    return person;
  }

  /** What stood for somebody, kept with the request because it is about to be gone. */
  private static Set<Identifier> knownAs(Tx tx, Due due) {
    var known = new TreeSet<>(kept(tx, due));
    known.addAll(IdentifierRows.of(tx, due.account(), due.profile()));
    known.add(Identifier.profileId(due.profile()));
    var json = Json.MAPPER.createArrayNode();
    known.forEach(
        one -> json.add(Json.object().put("kind", one.kind().word()).put("value", one.value())));
    tx.sql(
            """
            update erasure set known_as = :known
            where account_id = :account and profile_id = :profile
            """)
        .bind("known", json)
        .bind("account", due.account())
        .bind("profile", due.profile())
        .run();
    return known;
  }

  private static Set<Identifier> kept(Tx tx, Due due) {
    var kept = new TreeSet<Identifier>();
    tx.sql("select known_as from erasure where account_id = :account and profile_id = :profile")
        .bind("account", due.account())
        .bind("profile", due.profile())
        .first(row -> row.json("known_as"))
        .ifPresent(all ->
            all.forEach(one ->
                kept.add(
                    new Identifier(
                        Identifier.Kind.of(one.get("kind").stringValue()),
                        one.get("value").stringValue()))));
    return kept;
  }

  private static Erased person(Due due, Collection<Identifier> known) {
    return new Erased(
        due.account(),
        values(known, Identifier.Kind.PROFILE_ID).sorted().toList(),
        due.anonymousId(),
        new HashSet<>(values(known, Identifier.Kind.EMAIL).toList()),
        new HashSet<>(known.stream().map(Identifier::value).toList()));
  }

  private static Stream<String> values(Collection<Identifier> known, Identifier.Kind kind) {
    return known.stream().filter(one -> one.kind() == kind).map(Identifier::value);
  }

  private void extend(Due due) {
    set(due, "leased_until = :at", clock.instant().plus(LEASE));
  }

  private void end(Due due) {
    if (due.sweeps() < PAUSES.size()) {
      set(
          due,
          "sweeps = sweeps + 1, leased_until = null, due_at = :at",
          clock.instant().plus(PAUSES.get(due.sweeps())));
    } else {
      db.sql("delete from erasure where account_id = :account and profile_id = :profile")
          .bind("account", due.account())
          .bind("profile", due.profile())
          .run();
    }
  }

  private void set(Due due, String change, Instant at) {
    db.sql(
            "update erasure set "
                + change
                + " where account_id = :account and profile_id = :profile")
        .bind("at", at)
        .bind("account", due.account())
        .bind("profile", due.profile())
        .run();
  }
}
