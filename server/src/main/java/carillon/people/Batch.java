package carillon.people;

import carillon.jsonapi.Fault;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Source;
import carillon.jsonapi.Values;
import carillon.people.CsvRows.CsvRow;
import carillon.profiles.ProfileFields;
import carillon.profiles.ProfilePart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows of a file, read and checked as a request about each profile would be. */
record Batch(List<Fit> fit, List<Rejected> rejected) {

  private static final int MOST_REASONS = 3;
  private static final Schema.Struct PROFILE = ProfileFields.subjectOfMany();

  /** A row that can be written. */
  record Fit(CsvRow row, ProfilePart part) {}

  /** A row that cannot, and why. */
  record Rejected(CsvRow row, String reason) {}

  static Batch of(Mapping mapping, List<CsvRow> rows) {
    var batch = new Batch(new ArrayList<>(), new ArrayList<>());
    rows.forEach(row -> batch.take(mapping, row));
    return batch;
  }

  private void take(Mapping mapping, CsvRow row) {
    try {
      var resource = new Values(mapping.resource(row.cells()));
      row.fault()
          .or(() -> fault(resource))
          .ifPresentOrElse(
              why -> rejected.add(new Rejected(row, why)),
              () -> fit.add(new Fit(row, ProfilePart.read(resource))));
    } catch (Mapping.Unfit e) {
      rejected.add(new Rejected(row, e.getMessage()));
    }
  }

  private static Optional<String> fault(Values resource) {
    var faults = PROFILE.faults(resource.node());
    return faults.isEmpty()
        ? ProfilePart.fault(resource, "").map(Fault::detail)
        : Optional.of(
            faults.stream().limit(MOST_REASONS).map(Batch::told).collect(Collectors.joining("; ")));
  }

  private static String told(Fault fault) {
    return switch (fault.source()) {
      case Source.Pointer(var path) ->
          path.substring(path.lastIndexOf('/') + 1) + ": " + fault.detail();
      case Source.Parameter(var name) -> name + ": " + fault.detail();
    };
  }

  int size() {
    return fit.size() + rejected.size();
  }

  boolean isEmpty() {
    return size() == 0;
  }
}
