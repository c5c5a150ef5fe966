package carillon.mcp;

import carillon.jsonapi.Filterable;
import carillon.jsonapi.Op;
import carillon.jsonapi.Operation;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Shape;
import carillon.mcp.Parameter.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is said of tools and arguments: written sentences first, and where there are none, what the
 * declaration tells.
 */
final class Sentences {

  private static final String FILE = "/carillon/mcp/sentences.txt";

  private final Map<String, String> written;

  private Sentences(Map<String, String> written) {
    this.written = written;
  }

  static Sentences load() {
    var written = new HashMap<String, String>();
    try (var in = Sentences.class.getResourceAsStream(FILE)) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> {
            var colon = line.indexOf(": ");
            written.put(line.substring(0, colon), line.substring(colon + 2));
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Sentences(written);
  }

  /** What a tool does. */
  String of(String tool, Operation operation) {
    var sentence =
        Optional.ofNullable(written.get(tool)).orElseGet(() -> operation.summary() + ".");
    return isQueuing(operation) && !sentence.contains("job")
        ? sentence + " Answers before it is done."
        : sentence;
  }

  private static boolean isQueuing(Operation operation) {
    return operation.shape() instanceof Shape.Started;
  }

  /** Words that people may ask for a tool by; empty when none are written. */
  String asked(String tool) {
    return written.getOrDefault("~" + tool, "");
  }

  /** A sentence written for one argument of one tool. */
  Optional<String> of(String tool, String argument) {
    return Optional.ofNullable(written.get(tool + "." + argument));
  }

  /** What an argument of an operation means. */
  String of(Operation operation, Place place) {
    return switch (place) {
      case Place.InPath(var variable) -> path(operation, variable);
      case Place.InQuery(var parameter) -> query(operation, parameter);
      case Place.Flag(_, var word) -> "Whether to return " + plain(word) + " too.";
      case Place.InBody(var pointer) -> body(operation, pointer);
      case Place.Nowhere() -> "Taken, but left out: the API has no such value here.";
      case Place.Own() -> "";
    };
  }

  private static String path(Operation operation, String variable) {
    var before = operation.path().substring(0, operation.path().indexOf("{" + variable));
    var names = before.split("/");
    return "ID of the " + singular(plain(names[names.length - 1])) + ".";
  }

  private String query(Operation operation, String parameter) {
    if (parameter.startsWith("fields[")) {
      return fields(operation, parameter);
    }
    if (parameter.startsWith("additional-fields[")) {
      return "Attributes of the " + inBrackets(parameter) + " that are left out unless named here.";
    }
    return switch (parameter) {
      case "filter" -> filter(operation);
      case "sort" -> sort(operation);
      default -> written.getOrDefault("?" + parameter, plain(parameter) + ".");
    };
  }

  private static String fields(Operation operation, String parameter) {
    var sentence = "Only these attributes of the " + inBrackets(parameter) + "; all when absent";
    var paths =
        operation.sparse().stream()
            .filter(one -> parameter.equals("fields[" + one.type() + "]"))
            .flatMap(one -> one.paths().stream())
            .toList();
    if (paths.size() <= Derivation.MANY) {
      return sentence + ".";
    }
    var whole =
        paths.stream()
            .map(path -> path.split("\\.")[0])
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    var part = paths.stream().filter(path -> path.contains(".")).sorted().findFirst();
    return sentence
        + ": "
        + whole
        + part.map(one -> ", and parts of these such as " + one + ".").orElse(".");
  }

  private static String sort(Operation operation) {
    var first = operation.defaultSort();
    return "What to order by, with - in front for the greatest first. Otherwise "
        + (first.descending() ? "-" : "")
        + first.by().name()
        + ".";
  }

  private static String filter(Operation operation) {
    var fields =
        operation.filters().stream().map(Sentences::field).collect(Collectors.joining("; "));
    var needed = operation.filterRequired().map(field -> " It must name " + field + ".").orElse("");
    return "Conditions that must all hold, separated by commas, such as "
        + operation.filters().stream()
            .limit(2)
            .map(Sentences::example)
            .collect(Collectors.joining(","))
        + "."
        + needed
        + " Fields: "
        + fields
        + ".";
  }

  private static String field(Filterable field) {
    var operators = new TreeSet<String>();
    field.single().forEach(op -> operators.add(op.word()));
    field.list().forEach(op -> operators.add(op.word()));
    if (field.kind() == Filterable.Kind.PRESENCE) {
      operators.add(Op.HAS.word());
    }
    var words = field.words().isEmpty() ? "" : " of " + String.join("|", field.words());
    return field.name() + " (" + String.join(", ", operators) + words + ")";
  }

  private static String example(Filterable field) {
    var op =
        field.single().contains(Op.EQUALS)
            ? Op.EQUALS
            : field.single().stream()
                .sorted()
                .findFirst()
                .or(() -> field.list().stream().sorted().findFirst())
                .orElse(Op.HAS);
    if (op == Op.HAS) {
      return "has(" + field.name() + ")";
    }
    var value =
        switch (field.kind()) {
          case TEXT -> field.words().isEmpty() ? "\"x\"" : '"' + field.words().getFirst() + '"';
          case NUMBER, WHOLE -> "5";
          case BOOLEAN -> "true";
          case MOMENT -> "2026-01-31T00:00:00Z";
          case PRESENCE -> "";
        };
    return op.word()
        + "("
        + field.name()
        + ","
        + (op.takesList() ? "[" + value + "]" : value)
        + ")";
  }

  private String body(Operation operation, String pointer) {
    var names = pointer.substring(1).split("/");
    var rest = pointer;
    while (!rest.isEmpty()) {
      rest = rest.substring(1);
      var found = written.getOrDefault(operation.id() + "/" + rest, written.get("/" + rest));
      var isWhole = rest.length() == pointer.length() - 1;
      if (found != null && (isWhole || !rest.startsWith("data/"))) {
        return found;
      }
      rest = rest.indexOf('/') < 0 ? "" : rest.substring(rest.indexOf('/'));
    }
    return derived(operation, pointer, names);
  }

  private static String derived(Operation operation, String pointer, String[] names) {
    var last = names[names.length - 1];
    var schema = operation.body().flatMap(body -> Shapes.at(body, pointer));
    var constant = schema.flatMap(field -> Shapes.constant(field.schema()));
    if (constant.isPresent()) {
      return "Always " + constant.get() + ", and may be left out.";
    }
    if (last.equals("data") && schema.filter(field -> isList(field.schema())).isPresent()) {
      return "The "
          + (names.length > 1 ? plain(names[names.length - 2]) : "resources")
          + ", each "
          + (isOfIdentifiers(schema.orElseThrow().schema())
              ? "with type and id, or just the ids."
              : "a whole resource with its attributes.");
    }
    if (last.equals("id")) {
      return "ID of the " + owner(operation, names) + ".";
    }
    return "The "
        + plain(last)
        + (names.length > 5 ? " of the " + owner(operation, names) : "")
        + ".";
  }

  private static boolean isList(Schema<?> schema) {
    return schema instanceof Schema.Items<?>;
  }

  private static boolean isOfIdentifiers(Schema<?> schema) {
    return schema instanceof Schema.Items<?> items && Shapes.isIdentifier(items.element());
  }

  /** Whose value it is: the relation or object nearest above. */
  private static String owner(Operation operation, String[] names) {
    for (int i = names.length - 2; i > 0; i--) {
      if (!names[i].equals("data") && !names[i].equals("attributes")) {
        return singular(plain(names[i]));
      }
    }
    return plain(operation.type().name());
  }

  private static String inBrackets(String parameter) {
    return plain(parameter.substring(parameter.indexOf('[') + 1, parameter.length() - 1));
  }

  private static String plain(String name) {
    return name.replace('-', ' ').replace('_', ' ').trim();
  }

  private static String singular(String words) {
    if (words.endsWith("ies")) {
      return words.substring(0, words.length() - 3) + "y";
    }
    return words.endsWith("s") && !words.endsWith("ss")
        ? words.substring(0, words.length() - 1)
        : words;
  }
}
