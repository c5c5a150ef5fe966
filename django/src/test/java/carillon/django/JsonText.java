package carillon.django;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Reads the values of the case tables: JSON, and dates and times after an at sign. */
final class JsonText {

  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  static Object read(String text) {
    return text.startsWith("@") ? time(text.substring(1)) : new JsonText(text).value();
  }

  private static Object time(String text) {
    if (text.contains("T")) {
      return ZonedDateTime.parse(text);
    }
    return text.contains(":") ? LocalTime.parse(text) : LocalDate.parse(text);
  }

  private Object value() {
    skipBlanks();
    return switch (text.charAt(at)) {
      case '{' -> map();
      case '[' -> list();
      case '"' -> string();
      default -> scalar();
    };
  }

  private Object map() {
    var map = new LinkedHashMap<String, Object>();
    at++;
    while (!closes('}')) {
      skipBlanks();
      var key = string();
      skipBlanks();
      at++;
      map.put(key, value());
    }
    return map;
  }

  private Object list() {
    var list = new ArrayList<>();
    at++;
    while (!closes(']')) {
      list.add(value());
    }
    return list;
  }

  private boolean closes(char end) {
    skipBlanks();
    if (text.charAt(at) == ',') {
      at++;
      return false;
    }
    if (text.charAt(at) != end) {
      return false;
    }
    at++;
    return true;
  }

  private String string() {
    var out = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\') {
        at++;
      }
      out.append(text.charAt(at));
    }
    at++;
    return out.toString();
  }

  private Object scalar() {
    var start = at;
    while (at < text.length() && ",]} ".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    var word = text.substring(start, at);
    return switch (word) {
      case "null" -> null;
      case "true" -> true;
      case "false" -> false;
      default -> word.contains(".") ? (Object) Double.valueOf(word) : Integer.valueOf(word);
    };
  }

  private void skipBlanks() {
    while (text.charAt(at) == ' ') {
      at++;
    }
  }
}
