package carillon.mcp;

import carillon.jsonapi.Field;
import carillon.jsonapi.Schema;
import carillon.mcp.Parameter.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be asked of the shapes that operations declare. */
final class Shapes {

  /** The shape itself, however late it is built. */
  static Schema<?> whole(Schema<?> schema) {
    return schema instanceof Schema.Lazy(_, var target) ? whole(target.get()) : schema;
  }

  /** The type that a JSON schema tells of a shape. */
  static Kind kind(Schema<?> schema) {
    return switch (schema) {
      case Schema.Text _, Schema.Choice _, Schema.Moment _, Schema.Day _ -> Kind.STRING;
      case Schema.Whole _, Schema.WholeChoice _ -> Kind.INTEGER;
      case Schema.Decimal _ -> Kind.NUMBER;
      case Schema.Bool _ -> Kind.BOOLEAN;
      case Schema.Items<?> _ -> Kind.ARRAY;
      case Schema.Struct _, Schema.Free _ -> Kind.OBJECT;
      case Schema.Any _ -> Kind.ANY;
      case Schema.Lazy lazy -> kind(whole(lazy));
      case Schema.OneOf(var options) -> {
        var kinds = options.stream().map(Shapes::kind).distinct().toList();
        yield kinds.size() == 1 ? kinds.getFirst() : Kind.ANY;
      }
    };
  }

  /** The one word that a field takes, if it takes only one. */
  static Optional<String> constant(Schema<?> schema) {
    return schema instanceof Schema.Choice(var words) && words.size() == 1
        ? Optional.of(words.getFirst())
        : Optional.empty();
  }

  /** The field at a pointer, also in one of several shapes. */
  static Optional<Field<?>> at(Schema<?> schema, String pointer) {
    return at(schema, List.of(pointer.substring(1).split("/")));
  }

  private static Optional<Field<?>> at(Schema<?> schema, List<String> names) {
    return switch (whole(schema)) {
      case Schema.Struct struct -> {
        var field = struct.field(names.getFirst());
        yield names.size() == 1
            ? field
            : field.flatMap(inner -> at(inner.schema(), names.subList(1, names.size())));
      }
      case Schema.OneOf(var options) -> either(options, names);
      default -> Optional.empty();
    };
  }

  /** The field of one of the options; words that tell them apart are all taken. */
  private static Optional<Field<?>> either(List<Schema<?>> options, List<String> names) {
    var found = options.stream().flatMap(option -> at(option, names).stream()).toList();
    var words = new ArrayList<String>();
    for (var field : found) {
      if (field.schema() instanceof Schema.Choice(var more)) {
        words.addAll(more);
      }
    }
    return found.size() > 1 && words.size() >= found.size()
        ? Optional.of(new Schema.Choice(words.stream().distinct().toList()).as(names.getLast()))
        : found.stream().<Field<?>>map(field -> field).findFirst();
  }

  /** Whether it names a resource and says nothing more of it. */
  static boolean isIdentifier(Schema<?> element) {
    return whole(element) instanceof Schema.Struct struct
        && struct.fields().size() == 2
        && struct.field("id").isPresent()
        && struct.field("type").isPresent();
  }

  private Shapes() {}
}
