package carillon.jsonapi;

import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Checks a body against its schema and collects every fault with its pointer. */
final class BodyReader {

  private static final int MOST_FAULTS = 100;

  /** The declared regular expressions, each compiled once. */
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private final List<Fault> faults = new ArrayList<>();

  static List<Fault> faults(JsonNode body, Schema<?> schema) {
    var reader = new BodyReader();
    if (!plain(body)) {
      reader.plain(body, Place.ROOT);
    }
    if (reader.faults.isEmpty()) {
      reader.check(body, schema, Place.ROOT, "body", "");
    }
    return reader.faults;
  }

  /** Whether everything in it can be kept; asked first because it needs no pointers. */
  private static boolean plain(JsonNode node) {
    if (node.isString()) {
      return storable(node.stringValue());
    }
    if (node.isObject()) {
      for (var entry : node.properties()) {
        if (!storable(entry.getKey()) || !plain(entry.getValue())) {
          return false;
        }
      }
      return true;
    }
    for (var item : node) {
      if (!plain(item)) {
        return false;
      }
    }
    return finite(node);
  }

  /** What no store could keep is refused wherever it stands: NUL, broken surrogates, infinities. */
  private void plain(JsonNode node, Place place) {
    if (node.isString()) {
      if (!storable(node.stringValue())) {
        fault(place, "Text must be valid Unicode without null characters.");
      }
    } else if (node.isObject()) {
      for (var entry : node.properties()) {
        if (!storable(entry.getKey())) {
          fault(place, "Names must be valid Unicode without null characters.");
        } else {
          plain(entry.getValue(), place.at(entry.getKey()));
        }
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        plain(node.get(i), place.at(i));
      }
    } else if (!finite(node)) {
      fault(place, "Number is out of range.");
    }
  }

  /** Numbers beyond the range of a double would reach most clients as infinities. */
  private static boolean finite(JsonNode node) {
    return node.isBigInteger()
        ? node.bigIntegerValue().bitLength() < 1024
        : !node.isFloatingPointNumber() || Double.isFinite(node.doubleValue());
  }

  /** Whether a database can keep the text. */
  static boolean storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private void check(JsonNode value, Schema<?> schema, Place place, String name, String resource) {
    switch (schema) {
      case Schema.Text text -> text(value, text, place, name);
      case Schema.Choice(var words) -> choice(value, words, place, name);
      case Schema.Whole(var min, var max) -> whole(value, min, max, place, name);
      case Schema.WholeChoice(var numbers) -> {
        if (!value.isIntegralNumber() || !numbers.contains(value.asInt(Integer.MIN_VALUE))) {
          notAChoice(value, place, name);
        }
      }
      case Schema.Decimal() -> expect(value.isNumber(), place, name, "a number");
      case Schema.Bool(var only) -> {
        expect(value.isBoolean(), place, name, "a boolean");
        if (value.isBoolean() && only.filter(word -> word != value.booleanValue()).isPresent()) {
          notAChoice(value, place, name);
        }
      }
      case Schema.Moment() ->
          expect(
              value.isString() && Json.moment(value.stringValue()).isPresent(),
              place,
              name,
              "a datetime (ISO 8601)");
      case Schema.Day() ->
          expect(
              value.isString() && isDay(value.stringValue()), place, name, "a date (YYYY-MM-DD)");
      case Schema.Items<?>(var element, var min, var max) ->
          items(value, element, min, max, place, name, resource);
      case Schema.Struct struct -> struct(value, struct, place, name);
      case Schema.Free() -> expect(value.isObject(), place, name, "an object");
      case Schema.Any() -> {}
      case Schema.OneOf oneOf -> oneOf(value, oneOf, place, name, resource);
      case Schema.Lazy(_, var target) -> check(value, target.get(), place, name, resource);
    }
  }

  private void text(JsonNode value, Schema.Text text, Place place, String name) {
    if (!value.isString() && !(text.whole() && value.isIntegralNumber())) {
      fault(place, "'" + name + "' must be a string.");
      return;
    }
    var word = value.asString();
    if (word.length() < text.min()) {
      fault(
          place,
          text.min() == 1
              ? "'" + name + "' must not be empty."
              : "'" + name + "' must have at least " + text.min() + " characters.");
    } else if (word.length() > text.max()) {
      fault(place, "'" + name + "' must have at most " + text.max() + " characters.");
    } else if (!text.pattern().isEmpty() && !matches(text.pattern(), word)) {
      fault(
          place,
          "'%s' must match regex '%s' ('%s' doesn't)".formatted(name, text.pattern(), brief(word)));
    } else {
      text.check().apply(word).ifPresent(detail -> fault(place, detail));
    }
  }

  private static boolean matches(String regex, String word) {
    return PATTERNS.computeIfAbsent(regex, Pattern::compile).matcher(word).matches();
  }

  private void choice(JsonNode value, List<String> words, Place place, String name) {
    if (!value.isString() || !words.contains(value.stringValue())) {
      notAChoice(value, place, name);
    }
  }

  private void notAChoice(JsonNode value, Place place, String name) {
    var shown = value.isString() ? value.stringValue() : value.toString();
    fault(place, "'" + brief(shown) + "' is not a valid choice for '" + name + "'.");
  }

  private void whole(JsonNode value, long min, long max, Place place, String name) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      fault(place, "'" + name + "' must be an integer.");
    } else if (value.longValue() < min || value.longValue() > max) {
      fault(place, "'" + name + "' must be between " + min + " and " + max + ".");
    }
  }

  private void items(
      JsonNode value,
      Schema<?> element,
      int min,
      int max,
      Place place,
      String name,
      String resource) {
    if (!value.isArray()) {
      fault(place, "'" + name + "' must be an array.");
    } else if (value.size() < min) {
      fault(place, "'" + name + "' must have at least " + min + (min == 1 ? " item." : " items."));
    } else if (value.size() > max) {
      fault(place, "'" + name + "' must have at most " + max + (max == 1 ? " item." : " items."));
    } else {
      for (int i = 0; i < value.size(); i++) {
        check(value.get(i), element, place.at(i), name, resource);
      }
    }
  }

  private void struct(JsonNode value, Schema.Struct struct, Place place, String name) {
    if (!value.isObject()) {
      fault(place, "'" + name + "' must be an object.");
      return;
    }
    for (var key : value.propertyNames()) {
      if (struct.field(key).isEmpty()) {
        fault(
            place.at(key),
            "'" + brief(key) + "' is not a valid field for the resource '" + struct.name() + "'.");
      }
    }
    for (var field : struct.fields()) {
      var member = value.get(field.name());
      if (member == null) {
        if (field.isRequired()) {
          missing(place.at(field.name()), field, struct);
        }
      } else if (member.isNull()) {
        if (!field.isNullable()) {
          if (field.isRequired()) {
            missing(place.at(field.name()), field, struct);
          } else {
            fault(place.at(field.name()), "'" + field.name() + "' may not be null.");
          }
        }
      } else {
        check(member, field.schema(), place.at(field.name()), field.name(), struct.name());
      }
    }
  }

  private void missing(Place place, Field<?> field, Schema.Struct struct) {
    fault(
        place,
        "'" + field.name() + "' is a required field for the resource '" + struct.name() + "'.");
  }

  /** Faults are told for the option the value names by its one-word fields, else the likeliest. */
  private void oneOf(
      JsonNode value, Schema.OneOf oneOf, Place place, String name, String resource) {
    List<Fault> fewest = null;
    var best = Integer.MIN_VALUE;
    for (var option : candidates(value, oneOf.options())) {
      var attempt = new BodyReader();
      attempt.check(value, option, place, name, resource);
      if (attempt.faults.isEmpty()) {
        return;
      }
      var score = likeness(value, option) - attempt.faults.size();
      if (fewest == null || score > best) {
        fewest = attempt.faults;
        best = score;
      }
    }
    faults.addAll(fewest);
  }

  /**
   * An option whose one-word fields the value contradicts cannot fit. Trying it all the same would
   * cost time that doubles with every level of a nested definition.
   */
  private static List<Schema<?>> candidates(JsonNode value, List<Schema<?>> options) {
    var open = options.stream().filter(option -> likeness(value, option) >= 0).toList();
    return open.isEmpty()
        ? List.of(Collections.max(options, comparingInt(option -> likeness(value, option))))
        : open;
  }

  private static int likeness(JsonNode value, Schema<?> option) {
    return switch (option) {
      case Schema.Struct struct when value.isObject() ->
          struct.fields().stream()
              .mapToInt(field -> likeness(value.get(field.name()), field))
              .sum();
      case Schema.OneOf(var options) ->
          options.stream().mapToInt(inner -> likeness(value, inner)).max().orElse(0);
      case Schema.Lazy(_, var target) -> likeness(value, target.get());
      default -> 0;
    };
  }

  private static int likeness(JsonNode member, Field<?> field) {
    if (member == null || member.isNull()) {
      return 0;
    }
    return switch (field.schema()) {
      case Schema.Choice(var words) when words.size() == 1 ->
          member.isString() && words.contains(member.stringValue()) ? 1000 : -1000;
      case Schema.Bool(var only) when only.isPresent() ->
          member.isBoolean() && member.booleanValue() == only.get() ? 1000 : -1000;
      default -> 1;
    };
  }

  private static boolean isDay(String text) {
    return text.length() == 10 && Json.moment(text).isPresent();
  }

  private void expect(boolean good, Place place, String name, String what) {
    if (!good) {
      fault(place, "'" + name + "' must be " + what + ".");
    }
  }

  private void fault(Place place, String detail) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(Fault.at(place == Place.ROOT ? "/" : place.pointer(), detail));
    }
  }

  /**
   * Where in a body a value stands, below another; its pointer is put together only for a fault.
   *
   * @param key a name or the number of an item
   */
  private record Place(Place above, Object key) {
    static final Place ROOT = new Place(null, "");

    Place at(Object name) {
      return new Place(this, name);
    }

    String pointer() {
      return this == ROOT
          ? ""
          : above.pointer() + "/" + key.toString().replace("~", "~0").replace("/", "~1");
    }
  }

  private static String brief(String word) {
    if (word.length() <= 200) {
      return word;
    }
    var end = Character.isHighSurrogate(word.charAt(199)) ? 199 : 200;
    return word.substring(0, end) + "…";
  }
}
