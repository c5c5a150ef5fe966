package carillon.profiles;

import carillon.jsonapi.Json;
import carillon.platform.Ids;
import carillon.platform.db.Tx;
import carillon.profiles.Identifier.Kind;
import carillon.profiles.Identities.Known;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** One attempt to find or make the people of a batch: decided in memory, then written at once. */
final class Resolution {

  private static final List<String> PERSONAL =
      Stream.of(Kind.values()).filter(Kind::isPersonal).map(Kind::word).toList();

  private final Tx tx;
  private final String account;
  private final List<Named> parts;
  private final Rules rules;
  private final Ids ids;
  private final Instant now;

  private final Map<Identifier, String> owners;
  private final Map<String, Profile> before = new HashMap<>();
  private final Map<String, Profile> after = new LinkedHashMap<>();
  private final Set<String> created = new HashSet<>();
  private final Set<String> readdressed = new HashSet<>();
  private final TreeMap<Identifier, String> claims = new TreeMap<>();
  private final Set<Identifier> releases = new TreeSet<>();
  private final List<Upserted> outcomes = new ArrayList<>();

  /** What becomes of an identifier that is there, and of a part that contradicts what is there. */
  record Rules(Known known, Contradictions contradictions) {}

  Resolution(Tx tx, String account, List<Named> parts, Rules rules, Ids ids, Instant now) {
    this.tx = tx;
    this.account = account;
    this.parts = parts;
    this.rules = rules;
    this.ids = ids;
    this.now = now;
    this.owners = owners();
  }

  /** One look-up for all identifiers, and one for profile ids if there are any. */
  private Map<Identifier, String> owners() {
    var wanted = new TreeSet<Identifier>();
    var profileIds = new HashSet<String>();
    for (var part : parts) {
      part.best().forEach(wanted::add);
      part.changes().emails().added().forEach(email -> wanted.add(Identifier.email(email)));
      part.changes().emails().removed().forEach(email -> wanted.add(Identifier.email(email)));
    }
    for (var identifier : wanted) {
      if (identifier.kind() == Kind.PROFILE_ID) {
        profileIds.add(identifier.value());
      }
    }
    var found = new HashMap<>(IdentifierRows.owners(tx, account, wanted));
    ProfileRows.existing(tx, account, profileIds)
        .forEach(id -> found.put(Identifier.profileId(id), id));
    return found;
  }

  /** Whether everybody is there already and nothing is to be written. */
  boolean isPlain() {
    if (parts.stream().anyMatch(this::isToBeWritten)) {
      return false;
    }
    parts.forEach(part -> outcomes.add(Upserted.of(owner(part), false)));
    return true;
  }

  private boolean isToBeWritten(Named part) {
    return rules.known() == Known.REPLACED
        || !part.changes().isEmpty()
        || !owners.keySet().containsAll(part.own());
  }

  List<Upserted> upserted() {
    return List.copyOf(outcomes);
  }

  List<Identities.Resolved> resolved() {
    return outcomes.stream()
        .map(outcome ->
            switch (outcome) {
              case Upserted.Written(var id, var isNew) ->
                  new Identities.Resolved(Optional.of(id), isNew);
              case Upserted.Refused _ -> new Identities.Resolved(Optional.empty(), false);
            })
        .toList();
  }

  Set<String> created() {
    return created;
  }

  /** The profiles that were there and are no longer as they were. */
  Set<String> changed() {
    var changed = new TreeSet<String>();
    for (var profile : after.values()) {
      if (!created.contains(profile.id()) && isChanged(profile)) {
        changed.add(profile.id());
      }
    }
    return changed;
  }

  /** What is no longer as it was about one of them. */
  ObjectNode altered(String id) {
    return Altered.between(before.get(id), after.get(id));
  }

  private boolean isChanged(Profile profile) {
    return readdressed.contains(profile.id()) || profile != before.get(profile.id());
  }

  /**
   * Decides and writes; false when another transaction was faster and all must be looked at again.
   */
  boolean write() {
    if (!load()) {
      return false;
    }
    parts.forEach(part -> outcomes.add(resolve(part)));
    IdentifierRows.release(tx, account, releases);
    if (!IdentifierRows.claim(tx, account, claims, now)) {
      return false;
    }
    ProfileRows.insert(
        tx, account, after.values().stream().filter(one -> created.contains(one.id())).toList());
    ProfileRows.update(
        tx, account, changed().stream().map(after::get).map(one -> one.updated(now)).toList());
    return true;
  }

  /**
   * Holds the profiles to be written. Whose identifiers they are may have changed before they were
   * held, so it is looked up again; false when others are concerned now.
   */
  private boolean load() {
    before.putAll(ProfileRows.locked(tx, account, toBeWritten()));
    after.putAll(before);
    owners.clear();
    owners.putAll(owners());
    return before.keySet().containsAll(toBeWritten());
  }

  private Set<String> toBeWritten() {
    var wanted = new TreeSet<String>();
    for (var part : parts) {
      if (isToBeWritten(part)) {
        owner(part).ifPresent(wanted::add);
      }
    }
    return wanted;
  }

  private Optional<String> owner(Named part) {
    for (var identifier : part.best()) {
      var owner = owners.get(identifier);
      if (owner != null) {
        return Optional.of(owner);
      }
    }
    return Optional.empty();
  }

  private Upserted resolve(Named part) {
    var owner = owner(part);
    var refusal = rules.contradictions().refusal(part, owner, owners);
    if (refusal.isPresent()) {
      return new Upserted.Refused(refusal.get());
    }
    if (owner.isEmpty() && part.own().isEmpty()) {
      return Upserted.of(owner, false);
    }
    var id = owner.orElseGet(this::create);
    var isClosed = part.claimed() && bringsNews(part) && isKnown(part, id);
    part.own().stream()
        .filter(identifier -> !isClosed || !identifier.kind().isPersonal())
        .forEach(identifier -> give(id, identifier));
    readdress(id, part.changes().emails());
    if (!part.changes().isEmpty()) {
      after.put(id, part.changes().applyTo(profile(id)));
    }
    return new Upserted.Written(id, owner.isEmpty());
  }

  private boolean bringsNews(Named part) {
    return part.own().stream().anyMatch(one -> one.kind().isPersonal() && !owners.containsKey(one));
  }

  /** Whether it has been told who this is, before this part. */
  private boolean isKnown(Named part, String id) {
    return PERSONAL.stream().anyMatch(name -> profile(id).text(name).isPresent())
        || part.own().stream()
            .anyMatch(one -> one.kind().isPersonal() && id.equals(owners.get(one)));
  }

  /**
   * Profiles that a part names by device and whose person it names, too, as another: each with that
   * other. Whether one is to be made of them is not decided here.
   */
  List<Identification> identifications() {
    var resolved = resolved();
    var all = new ArrayList<Identification>();
    for (int i = 0; i < parts.size(); i++) {
      var known = resolved.get(i).profileId();
      for (var identifier : parts.get(i).own()) {
        var visitor = owners.get(identifier);
        if (identifier.kind() == Kind.ANONYMOUS_ID && known.isPresent() && visitor != null) {
          all.add(new Identification(visitor, known.get()));
        }
      }
    }
    return all.stream().filter(one -> !one.visitor().equals(one.known())).distinct().toList();
  }

  private String create() {
    var id = ids.ulid();
    created.add(id);
    after.put(
        id,
        new Profile(
            id,
            Map.of(),
            Json.object(),
            Json.object(),
            now,
            now,
            Optional.empty(),
            Optional.empty()));
    return id;
  }

  /** A profile met only now is loaded alone, which an earlier part of the batch can make needed. */
  private Profile profile(String id) {
    if (!after.containsKey(id)) {
      var late = ProfileRows.locked(tx, account, List.of(id));
      before.putAll(late);
      after.putAll(late);
    }
    return after.get(id);
  }

  /** A device more is no contradiction, so a second anonymous id is added to the first. */
  private void give(String id, Identifier identifier) {
    var owner = owners.getOrDefault(identifier, id);
    if (!owner.equals(id) || (owners.containsKey(identifier) && rules.known() == Known.KEPT)) {
      return;
    }
    var profile = profile(id);
    var name = identifier.kind().word();
    var old = profile.text(name);
    if (old.isEmpty()) {
      own(id, identifier);
      setText(profile, name, identifier.value());
    } else if (identifier.kind() == Kind.ANONYMOUS_ID) {
      own(id, identifier);
    } else if (rules.known() == Known.REPLACED && !old.get().equals(identifier.value())) {
      release(new Identifier(identifier.kind(), old.get()));
      own(id, identifier);
      setText(profile, name, identifier.value());
    }
  }

  private void readdress(String id, ProfileChanges.Addresses emails) {
    for (var email : emails.added()) {
      var identifier = Identifier.email(email);
      if (!owners.containsKey(identifier)) {
        profile(id);
        own(id, identifier);
        readdressed.add(id);
      }
    }
    for (var email : emails.removed()) {
      var identifier = Identifier.email(email);
      var isSecondary = !profile(id).email().equals(Optional.of(email));
      if (isSecondary && id.equals(owners.get(identifier))) {
        release(identifier);
        readdressed.add(id);
      }
    }
  }

  private void own(String id, Identifier identifier) {
    if (owners.put(identifier, id) == null) {
      claims.put(identifier, id);
    }
  }

  private void release(Identifier identifier) {
    owners.remove(identifier);
    if (claims.remove(identifier) == null) {
      releases.add(identifier);
    }
  }

  private void setText(Profile profile, String name, String value) {
    var texts = new HashMap<>(profile.texts());
    texts.put(name, value);
    after.put(profile.id(), profile.with(texts, profile.location(), profile.properties()));
  }
}
