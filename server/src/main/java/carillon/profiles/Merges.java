package carillon.profiles;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Json;
import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import carillon.platform.db.Tx;
import carillon.platform.work.News;
import carillon.platform.work.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes one profile of two. The destination keeps what it has and takes what it lacks; everything
 * that belonged to the source moves, and its identifiers and id stand for the destination from then
 * on, though the id can no longer be read.
 */
public final class Merges {

  private final Database db;
  private final Clock clock;
  private final Outbox outbox;
  private final List<MergeListener> listeners;

  public Merges(Database db, Clock clock, Outbox outbox, List<MergeListener> listeners) {
    this.db = db;
    this.clock = clock;
    this.outbox = outbox;
    this.listeners = List.copyOf(listeners);
  }

  /**
   * Merges the only source into the destination.
   *
   * @throws ApiError 400 when there is not exactly one source, or it is the destination; 404 when
   *     one of them does not exist
   */
  void merge(String account, String destination, List<String> sources) {
    var pointer = "/data/relationships/profiles/data";
    if (sources.size() != 1) {
      throw ApiError.invalid(pointer, "Exactly one profile can be merged at a time.");
    }
    if (sources.getFirst().equals(destination)) {
      throw ApiError.invalid(pointer + "/0/id", "A profile cannot be merged into itself.");
    }
    db.transact(Repeat.SAFE, tx -> merge(tx, account, sources.getFirst(), destination));
  }

  private void merge(Tx tx, String account, String source, String destination) {
    Profiles.seize(tx, account);
    var now = join(tx, account, source, destination);
    listeners.forEach(listener -> listener.merged(tx, account, source, destination, now));
  }

  /**
   * Makes visitors one with those they turned out to be. Nothing is done about a visitor who has
   * become somebody else meanwhile: two people are never made one of by this.
   */
  void identified(Tx tx, String account, List<Identification> all) {
    if (all.stream().noneMatch(one -> isVisitor(tx, account, one.visitor()))) {
      return;
    }
    Profiles.seize(tx, account);
    for (var one : all) {
      heir(tx, account, one.known())
          .filter(known -> !isVisitor(tx, account, known))
          .filter(_ -> isVisitor(tx, account, one.visitor()))
          .ifPresent(known -> identified(tx, account, one.visitor(), known));
    }
  }

  private void identified(Tx tx, String account, String visitor, String known) {
    var now = join(tx, account, visitor, known);
    listeners.forEach(listener -> listener.identified(tx, account, visitor, known, now));
  }

  private static boolean isVisitor(Tx tx, String account, String id) {
    return !ProfileRows.existing(tx, account, List.of(id)).isEmpty()
        && IdentifierRows.personal(tx, account, List.of(id)).isEmpty();
  }

  private static Optional<String> heir(Tx tx, String account, String id) {
    return ProfileRows.existing(tx, account, List.of(id)).stream()
        .findFirst()
        .or(() ->
            IdentifierRows.owners(tx, account, List.of(Identifier.profileId(id))).values().stream()
                .findFirst());
  }

  /** Answers when they became one. */
  private Instant join(Tx tx, String account, String source, String destination) {
    var both = ProfileRows.locked(tx, account, List.of(source, destination));
    for (var id : List.of(destination, source)) {
      if (!both.containsKey(id)) {
        throw Profiles.missing(id);
      }
    }
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var kept = joined(both.get(destination), both.get(source)).updated(now);
    forgetOverruled(tx, account, both.get(source), both.get(destination));
    Belongings.move(tx, account, source, destination);
    moveIdentifiers(tx, account, source, destination, now);
    ProfileRows.delete(tx, account, source);
    ProfileRows.update(tx, account, List.of(kept));
    outbox.tell(tx, news(account, source, destination));
    return now;
  }

  private static Profile joined(Profile destination, Profile source) {
    var texts = new HashMap<>(source.texts());
    texts.putAll(destination.texts());
    return destination.with(
        texts,
        filled(source.location(), destination.location()),
        filled(source.properties(), destination.properties()));
  }

  private static ObjectNode filled(ObjectNode source, ObjectNode destination) {
    return source.deepCopy().setAll(destination);
  }

  /**
   * Bounces were of the source's address, which no longer counts when the destination has its own;
   * and who is subscribed does not become unsubscribed.
   */
  private static void forgetOverruled(Tx tx, String account, Profile source, Profile destination) {
    tx.sql(
            """
            delete from suppression s
            where s.account_id = :account and s.profile_id = :source and (
              s.reason in ('HARD_BOUNCE', 'INVALID_EMAIL') and :other_address
              or s.reason = 'UNSUBSCRIBE' and s.list_id = '' and exists (
                select from consent c
                where c.account_id = :account and c.profile_id = :destination
                  and c.channel = 'email' and c.kind = 'marketing'
                  and c.status = 'SUBSCRIBED'))
            """)
        .bind("account", account)
        .bind("source", source.id())
        .bind("destination", destination.id())
        .bind("other_address", destination.email().isPresent())
        .run();
  }

  private static void moveIdentifiers(
      Tx tx, String account, String source, String destination, Instant now) {
    IdentifierRows.move(tx, account, source, destination);
    IdentifierRows.claim(
        tx, account, new TreeMap<>(Map.of(Identifier.profileId(source), destination)), now);
  }

  private static List<News> news(String account, String source, String destination) {
    return List.of(
        new News(account, source, "ProfileMerged", Json.object().put("into", destination)),
        Identities.news(account, destination, "ProfileChanged"));
  }
}
