package carillon.profiles;

import carillon.jsonapi.Body;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Values;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The profile part of a request: whom it is about and what it wants to change about them.
 *
 * @param kx an exchange token, as made by {@link KxTokens}
 * @param claimed whether a browser or an app says so, which proves nothing: somebody known gets no
 *     further identifier by it, except for devices
 */
public record ProfilePart(
    Optional<String> id,
    Optional<String> externalId,
    Optional<String> email,
    Optional<String> phoneNumber,
    Optional<String> anonymousId,
    Optional<String> kx,
    ProfileChanges changes,
    boolean claimed) {

  private static final int LARGEST = 100_000;

  /** What somebody with a private key says. */
  public ProfilePart(
      Optional<String> id,
      Optional<String> externalId,
      Optional<String> email,
      Optional<String> phoneNumber,
      Optional<String> anonymousId,
      Optional<String> kx,
      ProfileChanges changes) {
    this(id, externalId, email, phoneNumber, anonymousId, kx, changes, false);
  }

  /** Reads a resource object that has passed {@link ProfileFields#subject} or another schema. */
  public static ProfilePart read(Values resource) {
    var attributes = resource.in("attributes");
    return new ProfilePart(
        resource.find(Body.ID),
        attributes.find(ProfileFields.EXTERNAL_ID),
        attributes.find(ProfileFields.EMAIL),
        attributes.find(ProfileFields.PHONE_NUMBER),
        attributes.find(ProfileFields.ANONYMOUS_ID),
        attributes.find(ProfileFields.KX),
        ProfileChanges.read(
            attributes, resource.node().has("meta") ? resource.in("meta") : attributes.in("meta")));
  }

  /** What a schema cannot tell is wrong with a resource object at a pointer, such as /data. */
  public static Optional<Fault> fault(Values resource, String pointer) {
    var part = read(resource);
    if (part.isNobody()) {
      return Optional.of(
          Fault.at(
              pointer + "/attributes",
              "At least one identifier is required: id, email, phone_number, external_id,"
                  + " anonymous_id or _kx."));
    }
    return part.changes().isEmpty() ? Optional.empty() : tooLarge(resource, pointer);
  }

  static Optional<Fault> tooLarge(Values resource, String pointer) {
    var size = resource.node().toString().getBytes(StandardCharsets.UTF_8).length;
    return size <= LARGEST
        ? Optional.empty()
        : Optional.of(Fault.at(pointer, "A profile may have at most 100 KB."));
  }

  /** A person known by a phone number only, in its stored form. */
  public static ProfilePart ofPhoneNumber(String number) {
    return new ProfilePart(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(number),
        Optional.empty(),
        Optional.empty(),
        ProfileChanges.NONE);
  }

  /** A person known by an e-mail address only. */
  public static ProfilePart ofEmail(String email) {
    return new ProfilePart(
        Optional.empty(),
        Optional.empty(),
        Optional.of(Emails.tidy(email)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ProfileChanges.NONE);
  }

  /** The same as anybody on the internet may say it: reserved properties and addresses stay. */
  public ProfilePart asClaim() {
    return new ProfilePart(
        id, externalId, email, phoneNumber, anonymousId, kx, changes.asClaim(), true);
  }

  /** Whether an id or a token is all that names the person, so that nobody can be made of it. */
  public boolean isReferenceOnly() {
    return externalId.isEmpty()
        && email.isEmpty()
        && phoneNumber.isEmpty()
        && anonymousId.isEmpty();
  }

  /** The same with one more property to set, which may be a reserved one. */
  public ProfilePart with(String property, String value) {
    var properties = changes.properties().deepCopy().put(property, value);
    return new ProfilePart(
        id,
        externalId,
        email,
        phoneNumber,
        anonymousId,
        kx,
        new ProfileChanges(
            changes.texts(), changes.location(), properties, changes.patch(), changes.emails()),
        claimed);
  }

  boolean isNobody() {
    return id.isEmpty() && kx.isEmpty() && isReferenceOnly();
  }
}
