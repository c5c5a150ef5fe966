package carillon.mcp;

import carillon.jsonapi.Operation;
import carillon.mcp.Parameter.Kind;
import carillon.mcp.Parameter.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the tools of the operations that are declared. */
final class Making {

  private final Map<String, Operation> declared = new LinkedHashMap<>();
  private final List<Facts.Entry> facts = Facts.load();
  private final Sentences sentences = Sentences.load();

  Making(Collection<Operation> operations) {
    operations.forEach(operation -> declared.put(operation.id(), operation));
  }

  /** Those with a name of their own, and the rest by the name of their operation. */
  Stream<Tool> current() {
    var named = new HashSet<String>();
    facts.stream().filter(one -> !one.isHistoric()).forEach(one -> named.addAll(one.operations()));
    var rest =
        declared.values().stream()
            .filter(operation -> !named.contains(operation.id()))
            .map(Making::entry);
    return Stream.concat(facts.stream().filter(one -> !one.isHistoric()), rest)
        .flatMap(entry -> make(entry).stream());
  }

  /** Those that are called by a former name. */
  Stream<Tool> former() {
    return facts.stream().filter(Facts.Entry::isHistoric).flatMap(entry -> make(entry).stream());
  }

  private static Facts.Entry entry(Operation operation) {
    var house = operation.isOwn() ? "CARILLON_" : "KLAVIYO_";
    var name = house + operation.id().toUpperCase(Locale.ROOT);
    return new Facts.Entry(name, false, List.of(operation.id()), List.of());
  }

  private Optional<Tool> make(Facts.Entry entry) {
    var operations =
        entry.operations().stream().filter(declared::containsKey).map(declared::get).toList();
    return operations.isEmpty() ? Optional.empty() : Optional.of(tool(entry, operations));
  }

  private Tool tool(Facts.Entry entry, List<Operation> operations) {
    var first = operations.getFirst();
    var parameters = parameters(entry, operations);
    return new Tool(
        entry.name(),
        title(entry.name()),
        sentences.of(entry.name(), first),
        sentences.asked(entry.name()),
        parameters,
        Effects.hints(operations),
        scopes(operations),
        first.group(),
        Effects.reachesPeople(operations),
        Recipes.script(entry, operations, parameters));
  }

  private static String title(String name) {
    return Arrays.stream(name.split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" "));
  }

  /** What every one of the operations asks for. */
  private static Set<String> scopes(List<Operation> operations) {
    var scopes = new TreeSet<>(operations.getFirst().scopes());
    operations.forEach(operation -> scopes.retainAll(operation.scopes()));
    return scopes;
  }

  /** The known ones, then what else the operation takes. */
  private List<Parameter> parameters(Facts.Entry entry, List<Operation> operations) {
    var first = operations.getFirst();
    var derived = Derivation.of(first, sentences);
    if (entry.lines().isEmpty()) {
      return derived;
    }
    var byPlace = Derivation.byPlace(derived);
    var all = new ArrayList<Parameter>();
    for (var line : entry.lines()) {
      var parameter = described(entry, known(line, operations, byPlace));
      var own = byPlace.get(parameter.place());
      all.add(own != null && own.isRequired() ? needed(parameter) : parameter);
    }
    var places = new HashSet<Place>();
    var names = new HashSet<String>();
    all.forEach(one -> {
      places.add(one.place());
      names.add(one.name());
    });
    derived.stream()
        .filter(one -> !places.contains(one.place()) && !names.contains(one.name()))
        .forEach(one -> all.add(one.listed(false)));
    return all;
  }

  private Parameter described(Facts.Entry entry, Parameter parameter) {
    sentences
        .of(entry.name(), parameter.name())
        .ifPresent(sentence -> parameter.schema().put("description", sentence));
    return parameter;
  }

  /** Some that must be there were promised as if they need not. */
  private static Parameter needed(Parameter parameter) {
    var description = parameter.schema().path("description").asString("");
    if (!parameter.isRequired() && !description.contains("needed")) {
      parameter.schema().put("description", description + " Needed.");
    }
    return parameter;
  }

  private Parameter known(
      Facts.Line line, List<Operation> operations, Map<Place, Parameter> derived) {
    var first = operations.getFirst();
    var place = place(line, first);
    var schema =
        derived.containsKey(place)
            ? derived.get(place).schema().deepCopy()
            : JsonSchemas.of(first, place).put("description", sentences.of(first, place));
    if (line.name().equals(Folded.CHOICE)) {
      var words = schema.put("type", line.kind().word()).putArray("enum");
      operations.stream().map(Folded::word).sorted().forEach(words::add);
    }
    if (place instanceof Place.Own && line.kind() == Kind.ARRAY) {
      schema.putObject("items").put("type", "string");
    }
    if (line.kind() != Kind.ANY && !line.kind().word().equals(schema.path("type").asString(""))) {
      schema.remove(List.of("enum", "minimum", "maximum", "default"));
      if (line.kind() != Kind.OBJECT) {
        schema.remove("anyOf");
      }
      schema.put("type", line.kind().word());
    }
    var taken = taken(line, first, place, derived);
    var nullable = isNullable(first, place);
    return new Parameter(
        line.name(), line.kind(), taken, line.isRequired(), true, nullable, place, schema);
  }

  private static Kind taken(
      Facts.Line line, Operation operation, Place place, Map<Place, Parameter> derived) {
    return place instanceof Place.InBody(var pointer)
        ? operation
            .body()
            .flatMap(body -> Shapes.at(body, pointer))
            .map(field -> Shapes.kind(field.schema()))
            .orElse(line.kind())
        : Optional.ofNullable(derived.get(place)).map(Parameter::taken).orElse(line.kind());
  }

  private static boolean isNullable(Operation operation, Place place) {
    return place instanceof Place.InBody(var pointer)
        && operation
            .body()
            .flatMap(body -> Shapes.at(body, pointer))
            .filter(field -> field.isNullable())
            .isPresent();
  }

  private static Place place(Facts.Line line, Operation operation) {
    var text = line.place();
    return switch (text.charAt(0)) {
      case '{' -> new Place.InPath(text.substring(1, text.length() - 1));
      case '?' -> {
        var equals = text.indexOf('=');
        yield equals < 0
            ? new Place.InQuery(text.substring(1))
            : new Place.Flag(text.substring(1, equals), text.substring(equals + 1));
      }
      case '/' ->
          operation.body().flatMap(body -> Shapes.at(body, text)).isPresent()
              ? new Place.InBody(text)
              : new Place.Nowhere();
      default -> new Place.Own();
    };
  }
}
