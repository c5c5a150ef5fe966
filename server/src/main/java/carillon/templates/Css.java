package carillon.templates;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Builds an inline style from published style objects; the first that names a field decides. */
final class Css {

  private final List<JsonNode> styles;
  private final StringBuilder css = new StringBuilder();

  private Css(List<JsonNode> styles) {
    this.styles = styles;
  }

  static Css of(JsonNode... styles) {
    return new Css(List.of(styles));
  }

  Css fixed(String property, String value) {
    css.append(property).append(':').append(value).append(';');
    return this;
  }

  /** A text as it is: a colour, a weight, a word. */
  Css word(String property, String field) {
    var value = find(field);
    return value.isString() && !value.stringValue().isBlank()
        ? fixed(property, Markup.cssValue(value.stringValue()))
        : this;
  }

  Css pixels(String property, String field) {
    var value = find(field);
    return value.isIntegralNumber() ? fixed(property, pixels(value)) : this;
  }

  Css number(String property, String field) {
    var value = find(field);
    return value.isNumber() ? fixed(property, value.asString()) : this;
  }

  Css padding(String prefix) {
    return pixels("padding-top", prefix + "_top")
        .pixels("padding-right", prefix + "_right")
        .pixels("padding-bottom", prefix + "_bottom")
        .pixels("padding-left", prefix + "_left");
  }

  Css border(String property, String prefix) {
    var width = find(prefix + "_width");
    var line = find(prefix + "_style");
    if (!width.isIntegralNumber() || width.longValue() <= 0) {
      return this;
    }
    var colour = find(prefix + "_color");
    return fixed(
        property,
        pixels(width)
            + " "
            + (line.isString() ? line.stringValue() : "solid")
            + " "
            + (colour.isString() ? Markup.cssValue(colour.stringValue()) : "#000000"));
  }

  Css font(String prefix) {
    return word("font-family", prefix + "font_family")
        .pixels("font-size", prefix + "font_size")
        .word("font-style", prefix + "font_style")
        .word("font-weight", prefix + "font_weight")
        .pixels("letter-spacing", prefix + "letter_spacing")
        .word("text-decoration", prefix + "text_decoration");
  }

  /** A picture on the background, as sections and whole mails have it. */
  Css background() {
    var url = find("background_url");
    if (!url.isString() || url.stringValue().isBlank()) {
      return this;
    }
    fixed(
        "background-image",
        "url('" + Markup.cssValue(url.stringValue()).replace("'", "%27") + "')");
    var position = find("background_position");
    if (position.isString()) {
      fixed("background-position", position.stringValue().replace('-', ' '));
    }
    var format = find("background_format");
    if (format.isString() && !format.stringValue().equals("repeat")) {
      fixed("background-size", format.stringValue());
    }
    var repeats = find("background_repeat");
    var repeated = repeats.isBoolean() && repeats.booleanValue();
    return fixed("background-repeat", repeated ? "repeat" : "no-repeat");
  }

  String declarations() {
    return css.toString();
  }

  String attribute() {
    return css.isEmpty() ? "" : " style=\"" + css + "\"";
  }

  private JsonNode find(String field) {
    for (var one : styles) {
      if (one.hasNonNull(field)) {
        return one.get(field);
      }
    }
    return styles.getFirst().path("");
  }

  private static String pixels(JsonNode value) {
    return Math.clamp(value.longValue(), 0, 10_000) + "px";
  }
}
