package carillon.people;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Source;
import carillon.jsonapi.Values;
import carillon.lists.Lists;
import carillon.lists.MailingList;
import carillon.people.CsvRows.CsvRow;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.profiles.Identities;
import carillon.profiles.ProfileFields;
import carillon.profiles.ProfilePart;
import carillon.profiles.Upserted;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Takes people from a CSV file, some rows in a transaction, so that memory does not grow with the
 * file. Every row does what a request that creates or updates a profile does, and can be done
 * again: a file whose import broke off is simply imported once more.
 */
final class CsvImport {

  private static final int SAMPLE = 500;
  private static final int TOGETHER = 1_000;
  private static final int MOST_REASONS = 3;
  private static final Schema.Struct PROFILE = ProfileFields.subjectOfMany();

  private final Database db;
  private final Identities identities;
  private final Lists lists;

  CsvImport(Database db, Identities identities, Lists lists) {
    this.db = db;
    this.identities = identities;
    this.lists = lists;
  }

  /**
   * What is to be done.
   *
   * @param list id or name of the list people join
   * @param columns targets by header, for those that are not to be guessed
   * @param separator between cells; empty: found out
   * @param dryRun whether nothing is to be kept
   */
  record Order(
      String account,
      Optional<String> list,
      Map<String, String> columns,
      Optional<Character> separator,
      boolean dryRun) {}

  /** What came of the rows. */
  record Tally(long rows, long created, long updated, long rejected) {
    Tally plus(Tally more) {
      return new Tally(
          rows + more.rows,
          created + more.created,
          updated + more.updated,
          rejected + more.rejected);
    }
  }

  /** Hears what becomes of the file while it is read. */
  interface Listener {
    void begins(Mapping mapping) throws IOException;

    void rejected(long line, List<String> cells, String reason) throws IOException;

    void progress(Tally tally) throws IOException;
  }

  private record Rejected(CsvRow row, String reason) {}

  private record Fit(CsvRow row, ProfilePart part) {}

  /**
   * Reads to the end.
   *
   * @throws ApiError when the file, the mapping or the list is wrong; what was done before stays
   */
  Tally run(Order order, InputStream in, Listener listener) throws IOException {
    var list = order.list().map(word -> lists.one(order.account(), word));
    var tally = new Tally(0, 0, 0, 0);
    try (var rows = CsvRows.of(in, order.separator())) {
      var header = rows.next(1);
      if (header.isEmpty()) {
        throw ApiError.of(Fault.Code.INVALID, "The file is empty.");
      }
      var sample = rows.next(SAMPLE);
      var mapping =
          Mapping.of(
              header.getFirst().cells().stream().map(String::strip).map(Formulas::plain).toList(),
              order.columns(),
              sample.stream().map(CsvRow::cells).toList());
      listener.begins(mapping);
      for (var some = sample; !some.isEmpty(); some = next(rows, tally)) {
        tally = tally.plus(work(order, list, mapping, some, listener));
        listener.progress(tally);
      }
    }
    return tally;
  }

  private static List<CsvRow> next(CsvRows rows, Tally before) {
    try {
      return rows.next(TOGETHER);
    } catch (ApiError e) {
      throw ApiError.of(
          Fault.Code.INVALID,
          "%s The %d rows before are imported.".formatted(e.getMessage(), before.rows()));
    }
  }

  private Tally work(
      Order order,
      Optional<MailingList> list,
      Mapping mapping,
      List<CsvRow> rows,
      Listener listener)
      throws IOException {
    var fit = new ArrayList<Fit>();
    var rejected = new ArrayList<Rejected>();
    rows.forEach(row -> sort(mapping, row, fit, rejected));
    var outcomes = db.transaction(Database.Repeat.SAFE, tx -> write(tx, order, list, fit));
    long created = 0;
    for (int i = 0; i < fit.size(); i++) {
      switch (outcomes.get(i)) {
        case Upserted.Written(_, var isNew) -> created += isNew ? 1 : 0;
        case Upserted.Refused(var fault) ->
            rejected.add(new Rejected(fit.get(i).row(), fault.detail()));
      }
    }
    for (var one : rejected) {
      listener.rejected(one.row().line(), one.row().cells(), one.reason());
    }
    var taken = rows.size() - rejected.size();
    return new Tally(rows.size(), created, taken - created, rejected.size());
  }

  private static void sort(Mapping mapping, CsvRow row, List<Fit> fit, List<Rejected> rejected) {
    try {
      var resource = mapping.resource(row.cells());
      var reason = row.fault().or(() -> reason(new Values(resource)));
      reason.ifPresentOrElse(
          why -> rejected.add(new Rejected(row, why)),
          () -> fit.add(new Fit(row, ProfilePart.read(new Values(resource)))));
    } catch (Mapping.Unfit e) {
      rejected.add(new Rejected(row, e.getMessage()));
    }
  }

  private static Optional<String> reason(Values resource) {
    var faults = PROFILE.faults(resource.node());
    return faults.isEmpty()
        ? ProfilePart.fault(resource, "").map(Fault::detail)
        : Optional.of(
            faults.stream()
                .limit(MOST_REASONS)
                .map(CsvImport::told)
                .collect(Collectors.joining("; ")));
  }

  private static String told(Fault fault) {
    return switch (fault.source()) {
      case Source.Pointer(var path) ->
          path.substring(path.lastIndexOf('/') + 1) + ": " + fault.detail();
      case Source.Parameter(var name) -> name + ": " + fault.detail();
    };
  }

  private List<Upserted> write(Tx tx, Order order, Optional<MailingList> list, List<Fit> fit) {
    tx.sql("savepoint before_rows").run();
    var outcomes = identities.upsert(tx, order.account(), fit.stream().map(Fit::part).toList());
    if (order.dryRun()) {
      tx.sql("rollback to savepoint before_rows").run();
    } else {
      list.ifPresent(one -> join(tx, order.account(), one, outcomes));
    }
    return outcomes;
  }

  private void join(Tx tx, String account, MailingList list, List<Upserted> outcomes) {
    var people = new TreeSet<String>();
    for (var outcome : outcomes) {
      if (outcome instanceof Upserted.Written(var id, _)) {
        people.add(id);
      }
    }
    lists.add(tx, account, list.id(), people, true);
  }
}
