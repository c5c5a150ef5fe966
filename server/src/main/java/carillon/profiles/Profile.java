package carillon.profiles;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A person.
 *
 * @param id a ULID
 * @param texts the plain attributes that are set, by their name on the wire: email, phone_number,
 *     external_id, anonymous_id, first_name, last_name, organization, locale, title, image
 * @param location only the members that are set
 * @param properties custom properties
 * @param lastEvent when the newest event happened
 * @param subscriptions consent and suppression as answers tell them, when they were asked for
 */
public record Profile(
    String id,
    Map<String, String> texts,
    ObjectNode location,
    ObjectNode properties,
    Instant created,
    Instant updated,
    Optional<Instant> lastEvent,
    Optional<ObjectNode> subscriptions) {

  public Profile {
    texts = Map.copyOf(texts);
  }

  /** A plain attribute by its name on the wire. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  public Optional<String> email() {
    return text("email");
  }

  public Optional<String> phoneNumber() {
    return text("phone_number");
  }

  public Optional<String> externalId() {
    return text("external_id");
  }

  /** The same person with consent and suppression told. */
  Profile with(ObjectNode told) {
    return new Profile(
        id, texts, location, properties, created, updated, lastEvent, Optional.of(told));
  }

  /** The same person with other attributes. */
  Profile with(Map<String, String> newTexts, ObjectNode newLocation, ObjectNode newProperties) {
    return new Profile(
        id, newTexts, newLocation, newProperties, created, updated, lastEvent, subscriptions);
  }

  /** The same person, changed at a moment. */
  Profile updated(Instant now) {
    return new Profile(id, texts, location, properties, created, now, lastEvent, subscriptions);
  }
}
