package carillon.templates;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** HTML being written, in which the template language keeps its own quotes and brackets. */
final class Markup {

  private static final String TABLE =
      "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\""
          + " border=\"0\"";

  private final StringBuilder out = new StringBuilder(4096);

  /** Appends markup or text of the author as it is. */
  Markup raw(String html) {
    out.append(html);
    return this;
  }

  /** A table of one cell, all of its parent's width. */
  Markup box(String tableAttributes, String cellAttributes, Consumer<Markup> inside) {
    return table(
        tableAttributes, inner -> inner.raw("<tr>").cell(cellAttributes, inside).raw("</tr>"));
  }

  Markup table(String attributes, Consumer<Markup> inside) {
    raw(TABLE).raw(attributes).raw(">");
    inside.accept(this);
    return raw("</table>\n");
  }

  Markup cell(String attributes, Consumer<Markup> inside) {
    raw("<td").raw(attributes).raw(">");
    inside.accept(this);
    return raw("</td>");
  }

  /** A link around something; without address there is no link. */
  Markup link(String href, String attributes, Consumer<Markup> inside) {
    if (href.isBlank()) {
      inside.accept(this);
      return this;
    }
    raw("<a href=\"").raw(attribute(href)).raw("\" target=\"_blank\"").raw(attributes).raw(">");
    inside.accept(this);
    return raw("</a>");
  }

  /** Shows something where and as often as its display options say. */
  Markup displayed(JsonNode options, Consumer<Markup> inside) {
    var check = text(options.path("visibility"), "check");
    var repeat = options.path("content_repeat");
    if (!check.isBlank()) {
      raw("{% if ").raw(check).raw(" %}");
    }
    if (repeat.isObject()) {
      raw("{% for ").raw(text(repeat, "item_alias")).raw(" in ").raw(text(repeat, "repeat_for"));
      raw(" %}");
    }
    inside.accept(this);
    if (repeat.isObject()) {
      raw("{% endfor %}");
    }
    if (!check.isBlank()) {
      raw("{% endif %}");
    }
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  /** The class attribute that hides something on the other kind of screen. */
  static String shownOn(JsonNode options) {
    return switch (text(options, "show_on")) {
      case "desktop" -> " class=\"desktop-only\"";
      case "mobile" -> " class=\"mobile-only\"";
      default -> "";
    };
  }

  /** The text of a field; empty when it is missing or null. */
  static String text(JsonNode object, String field) {
    var value = object.path(field);
    return value.isString() ? value.stringValue() : "";
  }

  static boolean flag(JsonNode object, String field) {
    var value = object.path(field);
    return value.isBoolean() && value.booleanValue();
  }

  static int whole(JsonNode object, String field, int otherwise) {
    var value = object.path(field);
    return value.isIntegralNumber() ? Math.clamp(value.longValue(), 0, 10_000) : otherwise;
  }

  /** Text for an attribute in double quotes; variables and tags of the language stay whole. */
  static String attribute(String text) {
    return outsideTags(text, Markup::escaped);
  }

  /** A value in a style attribute, unable to end it or to begin another. */
  static String cssValue(String text) {
    return outsideTags(
        text,
        letter ->
            switch (letter) {
              case ';', '<', '>', '{', '}', '\\', '\n', '\r' -> "";
              case '"' -> "'";
              default -> String.valueOf(letter);
            });
  }

  private interface Replacement {
    String of(char letter);
  }

  private static String escaped(char letter) {
    return switch (letter) {
      case '"' -> "&quot;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      default -> String.valueOf(letter);
    };
  }

  private static String outsideTags(String text, Replacement replacement) {
    var result = new StringBuilder(text.length() + 16);
    for (int at = 0; at < text.length(); ) {
      var end = tagEnd(text, at);
      if (end > at) {
        result.append(text, at, end);
        at = end;
      } else {
        result.append(replacement.of(text.charAt(at++)));
      }
    }
    return result.toString();
  }

  /** Where the variable or tag that begins here ends; the same place when none begins. */
  private static int tagEnd(String text, int at) {
    var close = text.startsWith("{{", at) ? "}}" : text.startsWith("{%", at) ? "%}" : "";
    var end = close.isEmpty() ? -1 : text.indexOf(close, at + 2);
    return end < 0 ? at : end + 2;
  }
}
