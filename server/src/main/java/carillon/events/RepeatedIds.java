package carillon.events;

import carillon.jsonapi.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Finds events of one request that repeat a unique id for the same person and metric. Entries that
 * share an identifier, be it by way of a third, are taken for the same person.
 */
final class RepeatedIds {

  private record Place(String person, MetricName metric, String uniqueId) {}

  private record Told(NewEvent event, String identifier, String pointer) {}

  private final Map<String, String> parents = new HashMap<>();
  private final List<Told> told = new ArrayList<>();

  /** An event of whom these identifiers name; without any the request is refused anyway. */
  void add(NewEvent event, List<String> identifiers, String pointer) {
    if (identifiers.isEmpty()) {
      return;
    }
    identifiers.forEach(identifier -> join(identifiers.getFirst(), identifier));
    if (event.uniqueId().isPresent()) {
      told.add(new Told(event, identifiers.getFirst(), pointer));
    }
  }

  List<Fault> faults() {
    var seen = new HashSet<Place>();
    var faults = new ArrayList<Fault>();
    for (var one : told) {
      var uniqueId = one.event().uniqueId().orElseThrow();
      if (!seen.add(new Place(person(one.identifier()), one.event().metric(), uniqueId))) {
        faults.add(
            Fault.at(
                one.pointer(),
                "The unique_id '%s' is repeated for the same profile and metric."
                    .formatted(uniqueId)));
      }
    }
    return faults;
  }

  private void join(String one, String other) {
    parents.put(person(other), person(one));
  }

  private String person(String identifier) {
    var at = identifier;
    for (var up = parent(at); !up.equals(at); up = parent(at)) {
      at = up;
    }
    return at;
  }

  private String parent(String identifier) {
    return parents.getOrDefault(identifier, identifier);
  }
}
