package carillon.mcp;

import carillon.jsonapi.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A tool that is one of several operations, chosen by the last word of their paths. */
final class Folded implements Script {

  static final String CHOICE = "related_resource";

  private final Map<String, Requests> choices = new LinkedHashMap<>();

  Folded(List<Operation> operations, List<Parameter> parameters) {
    operations.forEach(one -> choices.put(word(one), new Requests(one, parameters)));
  }

  /** What chooses the operation. */
  static String word(Operation operation) {
    return operation.path().substring(operation.path().lastIndexOf('/') + 1);
  }

  @Override
  public Result run(Arguments arguments, ApiClient api) {
    var wanted = arguments.text(CHOICE).orElse(choices.keySet().iterator().next());
    var requests = choices.get(wanted.toLowerCase(Locale.ROOT).replace('_', '-'));
    if (requests == null) {
      var words = String.join(", ", choices.keySet());
      throw new Complaint(CHOICE, "This must be one of: " + words + ".").raise();
    }
    return requests.run(arguments, api, List.of());
  }
}
