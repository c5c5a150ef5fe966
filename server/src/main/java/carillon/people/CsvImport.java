package carillon.people;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.lists.Lists;
import carillon.lists.MailingList;
import carillon.people.CsvRows.CsvRow;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.profiles.Identities;
import carillon.profiles.Upserted;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Takes people from a CSV file, some rows in a transaction, so that memory does not grow with the
 * file. Every row does what a request that creates or updates a profile does, and can be done
 * again: a file whose import broke off is simply imported once more.
 */
final class CsvImport {

  private static final int SAMPLE = 500;

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
      try (var ahead = new RowsAhead(rows, mapping, sample)) {
        for (var batch = ahead.next(); !batch.isEmpty(); batch = next(ahead, tally)) {
          tally = tally.plus(work(order, list, batch, listener));
          listener.progress(tally);
        }
      }
    }
    return tally;
  }

  private static Batch next(RowsAhead ahead, Tally before) {
    try {
      return ahead.next();
    } catch (ApiError e) {
      throw ApiError.of(
          Fault.Code.INVALID,
          "%s The %d rows before are imported.".formatted(e.getMessage(), before.rows()));
    }
  }

  private Tally work(Order order, Optional<MailingList> list, Batch batch, Listener listener)
      throws IOException {
    var fit = batch.fit();
    var rejected = new ArrayList<>(batch.rejected());
    var outcomes = db.transaction(Database.Repeat.SAFE, tx -> write(tx, order, list, fit));
    long created = 0;
    for (int i = 0; i < fit.size(); i++) {
      switch (outcomes.get(i)) {
        case Upserted.Written(_, var isNew) -> created += isNew ? 1 : 0;
        case Upserted.Refused(var fault) ->
            rejected.add(new Batch.Rejected(fit.get(i).row(), fault.detail()));
      }
    }
    for (var one : rejected) {
      listener.rejected(one.row().line(), one.row().cells(), one.reason());
    }
    return new Tally(
        batch.size(), created, batch.size() - rejected.size() - created, rejected.size());
  }

  private List<Upserted> write(
      Tx tx, Order order, Optional<MailingList> list, List<Batch.Fit> fit) {
    tx.sql("savepoint before_rows").run();
    var outcomes =
        identities.upsert(tx, order.account(), fit.stream().map(Batch.Fit::part).toList());
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
