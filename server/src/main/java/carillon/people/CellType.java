package carillon.people;

import carillon.jsonapi.Json;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

/** What the text of a cell stands for when it becomes a custom property. */
enum CellType {
  TEXT {
    @Override
    Optional<JsonNode> read(String cell) {
      return Optional.of(StringNode.valueOf(cell));
    }
  },
  NUMBER {
    @Override
    Optional<JsonNode> read(String cell) {
      return NUMBERS.matcher(cell).matches() ? Optional.of(Json.read(cell)) : Optional.empty();
    }
  },
  BOOLEAN {
    @Override
    Optional<JsonNode> read(String cell) {
      return switch (cell.toLowerCase(Locale.ROOT)) {
        case "true" -> Optional.of(BooleanNode.TRUE);
        case "false" -> Optional.of(BooleanNode.FALSE);
        default -> Optional.empty();
      };
    }
  },
  /** A day or a moment, kept as it is written. */
  DATE {
    @Override
    Optional<JsonNode> read(String cell) {
      return Json.moment(cell).map(_ -> StringNode.valueOf(cell));
    }
  },
  /** Texts with semicolons between them. */
  LIST {
    @Override
    Optional<JsonNode> read(String cell) {
      var list = Json.MAPPER.createArrayNode();
      Stream.of(cell.split(";"))
          .map(String::strip)
          .filter(one -> !one.isEmpty())
          .forEach(list::add);
      return Optional.of(list);
    }
  },
  /** An object or an array. */
  JSON {
    @Override
    Optional<JsonNode> read(String cell) {
      try {
        return cell.startsWith("{") || cell.startsWith("[")
            ? Optional.of(Json.read(cell))
            : Optional.empty();
      } catch (JacksonException _) {
        return Optional.empty();
      }
    }
  };

  /** Without leading zeros, which telephone numbers and codes have, and no longer than exact. */
  private static final Pattern NUMBERS = Pattern.compile("-?(0|[1-9]\\d{0,14})(\\.\\d{1,15})?");

  /** Empty when the cell is not of the type. */
  abstract Optional<JsonNode> read(String cell);

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<CellType> of(String word) {
    return Stream.of(values()).filter(type -> type.word().equals(word)).findFirst();
  }

  /** The type that all cells have, of those that can be told from how they look. */
  static CellType guess(Collection<String> cells) {
    return cells.isEmpty()
        ? TEXT
        : Stream.of(NUMBER, BOOLEAN, JSON)
            .filter(type -> cells.stream().allMatch(cell -> type.read(cell).isPresent()))
            .findFirst()
            .orElse(TEXT);
  }
}
