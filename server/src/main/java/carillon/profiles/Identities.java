package carillon.profiles;

import carillon.jsonapi.Json;
import carillon.platform.Ids;
import carillon.platform.db.Queries;
import carillon.platform.db.Tx;
import carillon.platform.work.News;
import carillon.platform.work.Outbox;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the people that requests speak of, and makes those that are not there yet.
 *
 * <p>Identifiers are tried in the order id, external id, e-mail, phone, exchange token, anonymous
 * id. An identifier that nobody has is given to the profile found when it has none of the kind; one
 * that somebody else has is left alone.
 */
public final class Identities {

  /**
   * Whom a part of a request is about.
   *
   * @param profileId empty when the part names only an id or token that stands for nobody
   * @param isNew whether the profile was made just now
   */
  public record Resolved(Optional<String> profileId, boolean isNew) {}

  /** What becomes of an identifier that a profile has already, when a request brings another. */
  public enum Known {
    /** It stays. */
    KEPT,
    /** It is replaced, if nobody else has the other. */
    REPLACED
  }

  private final Clock clock;
  private final Ids ids;
  private final Outbox outbox;
  private final KxTokens tokens;

  public Identities(Clock clock, Ids ids, Outbox outbox, KxTokens tokens) {
    this.clock = clock;
    this.ids = ids;
    this.outbox = outbox;
    this.tokens = tokens;
  }

  /** {@link #resolve(Tx, String, List, Known)} for events and requests of clients. */
  public List<Resolved> resolve(Tx tx, String account, List<ProfilePart> parts) {
    return resolve(tx, account, parts, Known.KEPT);
  }

  /**
   * Finds or makes the people of many parts, in a few statements however many there are, and makes
   * the changes asked for. News is left of profiles that are new or changed. The profiles stay
   * where they are (none is merged away) until the transaction ends.
   *
   * @return one for each part, in the same order
   */
  public List<Resolved> resolve(Tx tx, String account, List<ProfilePart> parts, Known known) {
    return written(
            tx, account, named(account, parts), new Resolution.Rules(known, Contradictions.BORNE))
        .resolved();
  }

  /**
   * Finds or makes the people of many parts as a request that creates or updates one profile does,
   * each after the other: identifiers are replaced, and what such a request would be refused for is
   * told of the part and changes nothing.
   *
   * @return one for each part, in the same order
   */
  public List<Upserted> upsert(Tx tx, String account, List<ProfilePart> parts) {
    var named = named(account, parts);
    return written(tx, account, named, new Resolution.Rules(Known.REPLACED, Contradictions.REFUSED))
        .upserted();
  }

  private Resolution written(Tx tx, String account, List<Named> parts, Resolution.Rules rules) {
    Profiles.hold(tx, account);
    while (true) {
      var resolution = new Resolution(tx, account, parts, rules, ids, now());
      if (resolution.isPlain()) {
        return told(tx, account, resolution);
      }
      tx.sql("savepoint identities").run();
      if (resolution.write()) {
        tx.sql("release savepoint identities").run();
        outbox.tell(tx, news(account, resolution));
        return told(tx, account, resolution);
      }
      tx.sql("rollback to savepoint identities").run();
    }
  }

  private Resolution told(Tx tx, String account, Resolution resolution) {
    outbox.tell(tx, Visitors.news(tx, account, resolution.identifications()));
    return resolution;
  }

  /** The living profile with an id, or with the id of one merged into it. */
  public Optional<String> find(Queries db, String account, String id) {
    return ProfileRows.existing(db, account, List.of(id)).isEmpty()
        ? Optional.ofNullable(
            IdentifierRows.owners(db, account, List.of(Identifier.profileId(id)))
                .get(Identifier.profileId(id)))
        : Optional.of(id);
  }

  /**
   * The living profile with an id, an e-mail address or a phone number, whichever it looks like.
   */
  public Optional<String> named(Queries db, String account, String word) {
    var kind =
        word.contains("@")
            ? Identifier.Kind.EMAIL
            : word.startsWith("+") ? Identifier.Kind.PHONE_NUMBER : Identifier.Kind.PROFILE_ID;
    return switch (kind) {
      case PROFILE_ID -> find(db, account, word);
      case EMAIL -> owner(db, account, Identifier.email(Emails.tidy(word)));
      case PHONE_NUMBER, EXTERNAL_ID, ANONYMOUS_ID ->
          owner(db, account, new Identifier(kind, PhoneNumbers.tidy(word)));
    };
  }

  private static Optional<String> owner(Queries db, String account, Identifier identifier) {
    return Optional.ofNullable(
        IdentifierRows.owners(db, account, List.of(identifier)).get(identifier));
  }

  /** All e-mail addresses of a profile, secondary ones among them. */
  public List<String> emails(Queries db, String account, String profile) {
    return IdentifierRows.of(db, account, profile).stream()
        .filter(one -> one.kind() == Identifier.Kind.EMAIL)
        .map(Identifier::value)
        .toList();
  }

  /** The profiles some e-mail addresses belong to. */
  public Set<String> byEmail(Queries db, String account, Collection<String> emails) {
    return Set.copyOf(
        IdentifierRows.owners(
                db,
                account,
                emails.stream().map(Emails::tidy).map(Identifier::email).distinct().toList())
            .values());
  }

  /** The living profile an exchange token stands for. */
  public Optional<String> byToken(Queries db, String account, String token) {
    return tokens.profileId(account, token).flatMap(id -> find(db, account, id));
  }

  /** The living profile a part leads to by its best identifier; nobody is made or changed. */
  public Optional<String> owner(Queries db, String account, ProfilePart part) {
    var best = named(account, List.of(part)).getFirst().best();
    var owners = IdentifierRows.owners(db, account, best);
    return best.stream()
        .flatMap(identifier ->
            identifier.kind() == Identifier.Kind.PROFILE_ID
                ? find(db, account, identifier.value()).stream()
                : Optional.ofNullable(owners.get(identifier)).stream())
        .findFirst();
  }

  private List<Named> named(String account, List<ProfilePart> parts) {
    return parts.stream()
        .map(part -> Named.of(part, part.kx().flatMap(token -> tokens.profileId(account, token))))
        .toList();
  }

  private java.time.Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static List<News> news(String account, Resolution resolution) {
    return Stream.concat(
            resolution.created().stream().map(id -> news(account, id, "ProfileCreated")),
            resolution.changed().stream()
                .map(id -> new News(account, id, "ProfileChanged", resolution.altered(id))))
        .toList();
  }

  static News news(String account, String id, String kind) {
    return new News(account, id, kind, Json.object());
  }
}
