package carillon.mcp;

import carillon.jsonapi.Http;
import carillon.jsonapi.Json;
import carillon.jsonapi.Operation;
import carillon.mcp.Parameter.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns arguments into requests of one operation, and faults of these back into arguments. */
record Requests(Operation operation, List<Parameter> parameters) {

  /**
   * The request that the arguments make.
   *
   * @param account of the caller, whom public endpoints name in the query
   */
  ApiCall call(Arguments arguments, String account) {
    return new ApiCall(
        operation.id(),
        operation.method(),
        path(arguments),
        query(arguments, account),
        operation
            .body()
            .<ApiCall.Content>map(_ -> new ApiCall.Content.Document(body(arguments)))
            .orElseGet(ApiCall.Content.None::new));
  }

  /** Makes the request and tells its answer. */
  Result run(Arguments arguments, ApiClient api, List<String> notes) {
    var all = new ArrayList<>(notes);
    for (var parameter : parameters) {
      if (parameter.place() instanceof Place.Nowhere && arguments.has(parameter.name())) {
        all.add(parameter.name() + " was left out: the operation does not take it");
      }
    }
    return Answers.of(api.call(call(arguments, api.account())), this::origin, all);
  }

  private String path(Arguments arguments) {
    var path = operation.path();
    for (var parameter : parameters) {
      if (parameter.place() instanceof Place.InPath(var variable)) {
        var value = arguments.text(parameter.name()).orElse("");
        if (value.isEmpty() || value.equals(".") || value.equals("..")) {
          throw new Complaint(parameter.name(), "This is no id.").raise();
        }
        path = path.replace("{" + variable + "}", ApiCall.encoded(value));
      }
    }
    return path;
  }

  private Map<String, String> query(Arguments arguments, String account) {
    var query = new LinkedHashMap<String, String>();
    for (var parameter : parameters) {
      var value = arguments.find(parameter.name());
      switch (parameter.place()) {
        case Place.InQuery(var name) ->
            value.ifPresent(given -> query.merge(name, text(given), Requests::both));
        case Place.Flag(var name, var word) -> {
          if (arguments.isOn(parameter.name())) {
            query.merge(name, word, Requests::both);
          }
        }
        case Place.InPath _, Place.InBody _, Place.Own _, Place.Nowhere _ -> {}
      }
    }
    if (operation.isClient()
        && !query.computeIfAbsent("company_id", _ -> account).equals(account)) {
      throw new Complaint("company_id", "This must be " + account + ", the key's account.").raise();
    }
    return query;
  }

  private static String both(String words, String more) {
    return words + "," + more;
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      var words = new ArrayList<String>();
      value.forEach(word -> words.add(plain(word)));
      return String.join(",", words);
    }
    return plain(value);
  }

  /** The API says what is wrong with an object where a word is wanted. */
  private static String plain(JsonNode value) {
    return value.isValueNode() ? value.asString() : value.toString();
  }

  private ObjectNode body(Arguments arguments) {
    var body = Json.object();
    for (var parameter : parameters) {
      if (parameter.place() instanceof Place.InBody(var pointer)) {
        arguments.find(parameter.name()).ifPresent(value -> set(body, pointer, value.deepCopy()));
      }
    }
    var schema = operation.body().orElseThrow();
    if (operation.method() == Http.PATCH && Shapes.at(schema, "/data/id").isPresent()) {
      pathId(arguments).ifPresent(id -> withId(body, id));
    }
    Completion.of(schema, body);
    return body;
  }

  private static void withId(ObjectNode body, JsonNode id) {
    if (!body.path("data").has("id")) {
      set(body, "/data/id", id);
    }
  }

  private Optional<JsonNode> pathId(Arguments arguments) {
    return operation.path().endsWith("{id}")
        ? parameters.stream()
            .filter(parameter -> parameter.place().equals(new Place.InPath("id")))
            .findFirst()
            .flatMap(parameter -> arguments.find(parameter.name()))
        : Optional.empty();
  }

  private static void set(ObjectNode body, String pointer, JsonNode value) {
    var names = pointer.substring(1).split("/");
    var node = body;
    for (int i = 0; i < names.length - 1; i++) {
      node = node.get(names[i]) instanceof ObjectNode inner ? inner : node.putObject(names[i]);
    }
    node.set(names[names.length - 1], value);
  }

  private Optional<String> origin(Answers.Place place) {
    return switch (place) {
      case Answers.Place.Query(var name) -> ofQuery(name);
      case Answers.Place.Pointer(var path) -> ofPointer(path);
    };
  }

  private Optional<String> ofQuery(String name) {
    return parameters.stream()
        .filter(parameter ->
            switch (parameter.place()) {
              case Place.InQuery(var own) -> own.equals(name);
              case Place.Flag(var own, _) -> own.equals(name);
              default -> false;
            })
        .map(Parameter::name)
        .findFirst();
  }

  /**
   * The argument at the pointer or around it, followed by the way to the fault inside of it. What
   * is not there is pointed at as a whole: without a body it is what the path names.
   */
  private Optional<String> ofPointer(String path) {
    if (path.equals("/data/") && operation.body().isEmpty()) {
      return parameters.stream()
          .filter(parameter -> parameter.place() instanceof Place.InPath)
          .map(Parameter::name)
          .findFirst();
    }
    var best = Optional.<String>empty();
    var length = 0;
    for (var parameter : parameters) {
      if (parameter.place() instanceof Place.InBody(var own)
          && own.length() > length
          && (path.equals(own) || path.startsWith(own + "/"))) {
        best = Optional.of(parameter.name() + path.substring(own.length()));
        length = own.length();
      }
    }
    return best;
  }
}
