package carillon.templates;

import carillon.jsonapi.Field;
import carillon.jsonapi.Schema;
import java.util.ArrayList;
import java.util.List;

/** Collects the fields of a published style object; every one may be left out or null. */
final class StyleFields {

  static final String[] ALIGN = {"center", "left", "right"};
  static final String[] SHOW_ON = {"all", "desktop", "mobile"};

  private static final String[] LINE = {
    "dashed", "dotted", "groove", "inset", "none", "outset", "ridge", "solid"
  };
  private static final String[] VERTICAL = {"baseline", "bottom", "middle", "top"};

  private final List<Field<?>> fields = new ArrayList<>();

  static StyleFields styles() {
    return new StyleFields();
  }

  StyleFields add(Field<?> field) {
    fields.add(field);
    return this;
  }

  StyleFields texts(String... names) {
    return all(Schema.text(), names);
  }

  StyleFields wholes(String... names) {
    return all(Schema.whole(), names);
  }

  StyleFields flags(String... names) {
    return all(Schema.bool(), names);
  }

  StyleFields numbers(String... names) {
    return all(Schema.decimal(), names);
  }

  StyleFields choice(String name, String... words) {
    return all(Schema.choice(words), name);
  }

  StyleFields align(String... names) {
    return all(Schema.choice(ALIGN), names);
  }

  StyleFields vertical(String name) {
    return choice(name, VERTICAL);
  }

  StyleFields showOn() {
    return choice("show_on", SHOW_ON);
  }

  /** Four sides: {@code block_padding} and its like. */
  StyleFields padding(String... prefixes) {
    for (var prefix : prefixes) {
      wholes(prefix + "_bottom", prefix + "_left", prefix + "_right", prefix + "_top");
    }
    return this;
  }

  /** Colour, style and width: {@code border}, {@code block_border} and their like. */
  StyleFields border(String... prefixes) {
    for (var prefix : prefixes) {
      texts(prefix + "_color").choice(prefix + "_style", LINE).wholes(prefix + "_width");
    }
    return this;
  }

  /** Only the style of a line, whose colour is told elsewhere. */
  StyleFields line(String name) {
    return choice(name, LINE);
  }

  /** Family, size, slant, weight and decoration; the prefix ends with an underscore or is empty. */
  StyleFields font(String... prefixes) {
    for (var prefix : prefixes) {
      texts(prefix + "font_family", prefix + "font_weight", prefix + "text_decoration");
      wholes(prefix + "font_size").choice(prefix + "font_style", "italic", "normal");
    }
    return this;
  }

  /** A font with colour and letter spacing, as text in a block has it. */
  StyleFields type(String... prefixes) {
    for (var prefix : prefixes) {
      font(prefix).texts(prefix + "color").wholes(prefix + "letter_spacing");
    }
    return this;
  }

  /** The box every block stands in. */
  StyleFields block() {
    return texts("block_background_color").padding("block_padding");
  }

  /** A picture put on a background. */
  StyleFields background() {
    return texts("background_asset_id", "background_url")
        .choice("background_format", "auto", "contain", "cover", "initial", "repeat")
        .choice(
            "background_position",
            "center-bottom",
            "center-center",
            "center-top",
            "left-bottom",
            "left-center",
            "left-top",
            "right-bottom",
            "right-center",
            "right-top")
        .flags("background_repeat");
  }

  Schema.Struct in(String name) {
    return new Schema.Struct(name, fields);
  }

  private StyleFields all(Schema<?> schema, String... names) {
    for (var name : names) {
      fields.add(schema.as(name).nullable());
    }
    return this;
  }
}
