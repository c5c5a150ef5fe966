package carillon.server;

import carillon.jsonapi.Operation;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All operations of all features; every fault in them is told before the server listens. */
record Api(List<Operation> operations) {

  Api {
    operations = List.copyOf(operations);
    var faults = new TreeSet<String>();
    var seen = new TreeSet<String>();
    for (var operation : operations) {
      if (!seen.add(operation.id())) {
        faults.add("declared twice: " + operation.id());
      }
      if (operation.group().isEmpty()) {
        faults.add("without a group: " + operation.id());
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalStateException(String.join("\n", faults));
    }
  }

  static Api of(List<Stream<Operation>> features) {
    return new Api(features.stream().flatMap(feature -> feature).toList());
  }
}
