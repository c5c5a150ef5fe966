package carillon.profiles;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Body;
import carillon.jsonapi.Field;
import carillon.jsonapi.Values;
import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import carillon.platform.db.Tx;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Creating and changing single profiles. */
final class ProfileWrites {

  private static final List<Field<String>> IDENTIFIERS =
      List.of(ProfileFields.EMAIL, ProfileFields.PHONE_NUMBER, ProfileFields.EXTERNAL_ID);

  /** A profile after a request that creates or updates. */
  record Written(Profile profile, boolean isNew) {}

  private final Database db;
  private final Identities identities;

  ProfileWrites(Database db, Identities identities) {
    this.db = db;
    this.identities = identities;
  }

  /** Makes a profile; one that has any of the identifiers is a conflict and stays as it is. */
  Profile create(String account, Values data) {
    var attributes = data.in("attributes");
    if (IDENTIFIERS.stream().allMatch(field -> attributes.find(field).isEmpty())) {
      throw ApiError.invalid(
          "/data/attributes",
          "At least one identifier is required: email, phone_number or external_id.");
    }
    refuseTooLarge(data);
    var part = ProfilePart.read(data);
    return db.transaction(
        Repeat.SAFE,
        tx -> {
          refuseTaken(tx, account, attributes, Optional.empty());
          var made = resolve(tx, account, part);
          if (!made.isNew()) {
            throw ApiError.duplicateProfile(made.profileId().orElseThrow());
          }
          return read(tx, account, made.profileId().orElseThrow());
        });
  }

  /** Finds a profile by any identifier and updates it, or makes it. */
  Written upsert(String account, Values data) {
    ProfilePart.fault(data, "/data")
        .ifPresent(fault -> {
          throw new ApiError(List.of(fault));
        });
    var part = ProfilePart.read(data);
    return db.transaction(
        Repeat.SAFE,
        tx -> {
          part.id().ifPresent(id -> refuseStranger(tx, account, id, data.in("attributes")));
          var resolved = resolve(tx, account, part);
          var id = resolved.profileId().orElseThrow(ProfileWrites::unknownToken);
          if (part.id().isEmpty()) {
            refuseTaken(tx, account, data.in("attributes"), Optional.of(id));
          }
          return new Written(read(tx, account, id), resolved.isNew());
        });
  }

  /** Changes what the body names: null clears, what is absent stays. */
  Profile update(String account, String id, Values data) {
    if (!data.get(Body.ID.required()).equals(id)) {
      throw ApiError.invalid("/data/id", "The id in the body must be the id in the path.");
    }
    refuseTooLarge(data);
    return db.transaction(Repeat.SAFE, tx -> update(tx, account, id, data));
  }

  private Profile update(Tx tx, String account, String id, Values data) {
    Profiles.hold(tx, account);
    var before = ProfileRows.locked(tx, account, List.of(id)).get(id);
    if (before == null) {
      throw Profiles.missing(id);
    }
    var attributes = data.in("attributes");
    refuseTaken(tx, account, attributes, Optional.of(id));
    resolve(tx, account, changing(id, data, cleared(tx, account, before, attributes)));
    refuseTaken(tx, account, attributes, Optional.of(id));
    var after = read(tx, account, id);
    if (IDENTIFIERS.stream().allMatch(field -> after.text(field.name()).isEmpty())
        && after.text("anonymous_id").isEmpty()) {
      throw ApiError.invalid("/data/attributes", "A profile must keep at least one identifier.");
    }
    return after;
  }

  private static ProfilePart changing(
      String id, Values data, HashMap<String, Optional<String>> cleared) {
    var part = ProfilePart.read(data);
    cleared.putAll(part.changes().texts());
    var changes = part.changes();
    return new ProfilePart(
        Optional.of(id),
        part.externalId(),
        part.email(),
        part.phoneNumber(),
        Optional.empty(),
        Optional.empty(),
        new ProfileChanges(
            cleared, changes.location(), changes.properties(), changes.patch(), changes.emails()));
  }

  /** Frees the identifiers that the body sets to null. */
  private static HashMap<String, Optional<String>> cleared(
      Tx tx, String account, Profile before, Values attributes) {
    var texts = new HashMap<String, Optional<String>>();
    for (var field : IDENTIFIERS) {
      if (attributes.has(field) && attributes.find(field).isEmpty()) {
        texts.put(field.name(), Optional.empty());
        before
            .text(field.name())
            .map(value -> new Identifier(Identifier.Kind.of(field.name()), value))
            .ifPresent(old -> IdentifierRows.release(tx, account, List.of(old)));
      }
    }
    return texts;
  }

  /** An id of nobody, or one with identifiers of somebody else, is told as not found. */
  private void refuseStranger(Tx tx, String account, String id, Values attributes) {
    Profiles.hold(tx, account);
    var living = identities.find(tx, account, id).orElseThrow(() -> Profiles.missing(id));
    if (taken(tx, account, attributes, Optional.of(living)).isPresent()) {
      throw Profiles.missing(id);
    }
  }

  private static void refuseTaken(Tx tx, String account, Values attributes, Optional<String> by) {
    taken(tx, account, attributes, by)
        .ifPresent(owner -> {
          throw ApiError.duplicateProfile(owner);
        });
  }

  /** Who else has one of the identifiers in the attributes. */
  private static Optional<String> taken(
      Tx tx, String account, Values attributes, Optional<String> by) {
    var wanted = new LinkedHashSet<Identifier>();
    for (var field : IDENTIFIERS) {
      attributes
          .find(field)
          .ifPresent(value -> wanted.add(new Identifier(Identifier.Kind.of(field.name()), value)));
    }
    var owners = IdentifierRows.owners(tx, account, wanted);
    return wanted.stream()
        .filter(owners::containsKey)
        .map(owners::get)
        .filter(owner -> by.filter(owner::equals).isEmpty())
        .findFirst();
  }

  private Identities.Resolved resolve(Tx tx, String account, ProfilePart part) {
    return identities.resolve(tx, account, List.of(part), Identities.Known.REPLACED).getFirst();
  }

  private static Profile read(Tx tx, String account, String id) {
    return ProfileRows.find(tx, account, id).orElseThrow();
  }

  private static void refuseTooLarge(Values data) {
    ProfilePart.tooLarge(data, "/data")
        .ifPresent(fault -> {
          throw new ApiError(List.of(fault));
        });
  }

  private static ApiError unknownToken() {
    return ApiError.invalid("/data/attributes/_kx", "'_kx' is not a known exchange token.");
  }
}
