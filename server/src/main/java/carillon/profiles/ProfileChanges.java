package carillon.profiles;

import carillon.jsonapi.Json;
import carillon.jsonapi.Values;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request wants to change about a person, identifiers apart.
 *
 * @param texts plain attributes by name; empty clears
 * @param location members to set; null clears one
 * @param properties custom properties to set, null among them
 * @param patch further changes of properties, made afterwards
 * @param emails changes of the secondary e-mail addresses
 */
public record ProfileChanges(
    Map<String, Optional<String>> texts,
    ObjectNode location,
    ObjectNode properties,
    Patch patch,
    Addresses emails) {

  /** No change at all. */
  public static final ProfileChanges NONE =
      new ProfileChanges(
          Map.of(), Json.object(), Json.object(), Patch.NONE, new Addresses(Set.of(), Set.of()));

  private static final Comparator<JsonNode> BY_NUMBER =
      (one, other) ->
          one.isNumber() && other.isNumber()
              ? one.decimalValue().compareTo(other.decimalValue())
              : one.equals(other) ? 0 : 1;

  /**
   * Changes below the level of whole properties.
   *
   * @param append values to add to arrays, one or an array of them by property
   * @param unappend values to take out of arrays
   * @param unset properties to forget
   */
  public record Patch(ObjectNode append, ObjectNode unappend, Set<String> unset) {
    static final Patch NONE = new Patch(Json.object(), Json.object(), Set.of());

    boolean isEmpty() {
      return append.isEmpty() && unappend.isEmpty() && unset.isEmpty();
    }

    private Patch unreserved() {
      var others = new LinkedHashSet<>(unset);
      others.removeIf(ProfileChanges::isReserved);
      return new Patch(
          ProfileChanges.unreserved(append), ProfileChanges.unreserved(unappend), others);
    }
  }

  /** Secondary addresses to add and to remove. */
  public record Addresses(Set<String> added, Set<String> removed) {
    boolean isEmpty() {
      return added.isEmpty() && removed.isEmpty();
    }
  }

  /** Reads the changes in the attributes and the meta of a profile in a body. */
  static ProfileChanges read(Values attributes, Values meta) {
    var texts = new HashMap<String, Optional<String>>();
    for (var field : ProfileFields.DETAILS) {
      if (attributes.has(field)) {
        texts.put(field.name(), attributes.find(field));
      }
    }
    return new ProfileChanges(
        texts,
        location(attributes),
        attributes.in(ProfileFields.PROPERTIES).node(),
        patch(meta.in("patch_properties")),
        addresses(meta.in("patch_identifiers")));
  }

  /** Null clears every member. */
  private static ObjectNode location(Values attributes) {
    return attributes.has(ProfileFields.LOCATION)
        ? attributes
            .find(ProfileFields.LOCATION)
            .orElseGet(() -> ProfileAttributes.nulls(ProfileFields.LOCATION_MEMBERS))
        : Json.object();
  }

  private static Patch patch(Values patch) {
    return new Patch(
        patch.in(ProfileFields.APPEND).node(),
        patch.in(ProfileFields.UNAPPEND).node(),
        words(patch.find(ProfileFields.UNSET)));
  }

  private static Addresses addresses(Values patch) {
    return new Addresses(
        tidied(words(patch.in("append").find(ProfileFields.ADDRESSES))),
        tidied(words(patch.in("unappend").find(ProfileFields.ADDRESSES))));
  }

  private static Set<String> tidied(Set<String> addresses) {
    var tidy = new LinkedHashSet<String>();
    addresses.forEach(address -> tidy.add(Emails.tidy(address)));
    return tidy;
  }

  private static Set<String> words(Optional<JsonNode> oneOrMany) {
    var words = new LinkedHashSet<String>();
    oneOrMany.ifPresent(node -> each(node).forEach(word -> words.add(word.stringValue())));
    return words;
  }

  /** Whether there is nothing to change. */
  public boolean isEmpty() {
    return texts.isEmpty()
        && location.isEmpty()
        && properties.isEmpty()
        && patch.isEmpty()
        && emails.isEmpty();
  }

  /** Without what only the server and who has a key may change. */
  ProfileChanges asClaim() {
    return new ProfileChanges(
        texts, location, unreserved(properties), patch.unreserved(), NONE.emails());
  }

  private static ObjectNode unreserved(ObjectNode properties) {
    var others = properties.deepCopy();
    others.remove(properties.propertyNames().stream().filter(ProfileChanges::isReserved).toList());
    return others;
  }

  private static boolean isReserved(String property) {
    return property.startsWith("$");
  }

  /** The person after the changes; the same object when they change nothing. */
  Profile applyTo(Profile profile) {
    var newTexts = new HashMap<>(profile.texts());
    texts.forEach((name, value) ->
        value.ifPresentOrElse(text -> newTexts.put(name, text), () -> newTexts.remove(name)));
    var newLocation = located(profile.location());
    var newProperties = patched(profile.properties());
    var same =
        newTexts.equals(profile.texts())
            && newLocation.equals(BY_NUMBER, profile.location())
            && newProperties.equals(BY_NUMBER, profile.properties());
    return same ? profile : profile.with(newTexts, newLocation, newProperties);
  }

  private ObjectNode located(ObjectNode before) {
    var after = before.deepCopy();
    for (var member : location.properties()) {
      if (member.getValue().isNull()) {
        after.remove(member.getKey());
      } else {
        after.set(member.getKey(), member.getValue());
      }
    }
    return after;
  }

  private ObjectNode patched(ObjectNode before) {
    var after = before.deepCopy();
    after.setAll(properties);
    for (var entry : patch.append().properties()) {
      after.set(entry.getKey(), appended(after.get(entry.getKey()), entry.getValue()));
    }
    for (var entry : patch.unappend().properties()) {
      if (after.get(entry.getKey()) instanceof ArrayNode values) {
        after.set(entry.getKey(), without(values, entry.getValue()));
      }
    }
    after.remove(patch.unset());
    return after;
  }

  private static ArrayNode appended(JsonNode before, JsonNode more) {
    var all = Json.MAPPER.createArrayNode();
    if (before != null && !before.isNull()) {
      each(before).forEach(all::add);
    }
    for (var value : each(more)) {
      if (!contains(all, value)) {
        all.add(value);
      }
    }
    return all;
  }

  private static ArrayNode without(ArrayNode before, JsonNode fewer) {
    var kept = Json.MAPPER.createArrayNode();
    var gone = Json.MAPPER.createArrayNode();
    each(fewer).forEach(gone::add);
    for (var value : before) {
      if (!contains(gone, value)) {
        kept.add(value);
      }
    }
    return kept;
  }

  private static boolean contains(ArrayNode all, JsonNode wanted) {
    for (var value : all) {
      if (value.equals(BY_NUMBER, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static Iterable<JsonNode> each(JsonNode oneOrMany) {
    return oneOrMany.isArray() ? oneOrMany : List.of(oneOrMany);
  }
}
