package carillon.people;

import carillon.jsonapi.Fault;
import carillon.jsonapi.Values;
import carillon.lists.Lists;
import carillon.people.ImportLeases.Lease;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.DatabaseUnavailable;
import carillon.platform.db.TransactionConflict;
import carillon.platform.db.Tx;
import carillon.platform.work.Task;
import carillon.profiles.Identities;
import carillon.profiles.ProfilePart;
import carillon.profiles.Upserted;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Works bulk imports off, chunk by chunk. A chunk is one transaction that also moves the job's
 * place on, so that a crash at any moment loses nothing and repeats nothing.
 */
final class ImportRunner implements Task {

  private static final Logger LOG = LoggerFactory.getLogger(ImportRunner.class);

  private final Database db;
  private final Clock clock;
  private final Ids ids;
  private final Identities identities;
  private final Lists lists;
  private final ImportLeases leases;

  ImportRunner(
      Database db, Clock clock, Ids ids, Identities identities, Lists lists, ImportLeases leases) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
    this.identities = identities;
    this.lists = lists;
    this.leases = leases;
  }

  /** The next rows of a job. */
  private record Chunk(
      String account,
      String job,
      Optional<String> list,
      int number,
      int first,
      List<JsonNode> rows) {}

  @Override
  public boolean attempt() {
    var lease = leases.take();
    lease.ifPresent(this::work);
    return lease.isPresent();
  }

  /** A job whose step throws stays leased for a while, so that it does not keep others waiting. */
  private void work(Lease lease) {
    var more = true;
    while (more) {
      more = step(lease);
    }
    leases.release(lease, clock.instant());
  }

  private boolean step(Lease lease) {
    try {
      return step(lease, this::together);
    } catch (DatabaseUnavailable | TransactionConflict e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("a chunk of import {} failed and is tried row by row", lease.job(), e);
      return step(lease, this::oneByOne);
    }
  }

  /** How the rows of a chunk are tried. */
  private interface Way {
    List<Upserted> go(Tx tx, String account, List<ProfilePart> parts);
  }

  private boolean step(Lease lease, Way way) {
    return db.transaction(
        Database.Repeat.SAFE,
        tx -> {
          if (!leases.hold(tx, lease)) {
            return false;
          }
          var chunk = next(tx, lease);
          chunk.ifPresentOrElse(found -> work(tx, found, way), () -> finish(tx, lease));
          return chunk.isPresent();
        });
  }

  private static Optional<Chunk> next(Tx tx, Lease lease) {
    return tx.sql(
            """
            select j.list_id, c.number, j.completed + j.failed as first, c.rows
            from import_job j
            join import_chunk c on c.account_id = j.account_id and c.job_id = j.id
              and c.number = j.next_chunk
            where j.account_id = :account and j.id = :id
            """)
        .bind("account", lease.account())
        .bind("id", lease.job())
        .first(row -> {
          var rows = new ArrayList<JsonNode>();
          row.json("rows").forEach(rows::add);
          return new Chunk(
              lease.account(),
              lease.job(),
              row.maybeText("list_id"),
              row.integer("number"),
              row.integer("first"),
              rows);
        });
  }

  private void work(Tx tx, Chunk chunk, Way way) {
    var parts =
        chunk.rows().stream().map(row -> ProfilePart.read(new Values((ObjectNode) row))).toList();
    var outcomes = way.go(tx, chunk.account(), parts);
    var written = new TreeSet<String>();
    var refused = new ArrayList<ImportError>();
    for (int i = 0; i < outcomes.size(); i++) {
      switch (outcomes.get(i)) {
        case Upserted.Written(var id, _) -> written.add(id);
        case Upserted.Refused(var fault) ->
            refused.add(ImportError.of(ids.ulid(), chunk.first() + i, fault, chunk.rows().get(i)));
      }
    }
    note(tx, chunk, written);
    chunk
        .list()
        .filter(list -> lists.hold(tx, chunk.account(), list))
        .ifPresent(list -> lists.add(tx, chunk.account(), list, written, true));
    note(tx, chunk, refused);
    advance(tx, chunk, refused.size());
  }

  private List<Upserted> together(Tx tx, String account, List<ProfilePart> parts) {
    return identities.upsert(tx, account, parts);
  }

  /** What the database cannot take of one row must not hold up the others. */
  private List<Upserted> oneByOne(Tx tx, String account, List<ProfilePart> parts) {
    return parts.stream().map(part -> alone(tx, account, part)).toList();
  }

  private Upserted alone(Tx tx, String account, ProfilePart part) {
    tx.sql("savepoint import_row").run();
    try {
      var outcome = identities.upsert(tx, account, List.of(part)).getFirst();
      tx.sql("release savepoint import_row").run();
      return outcome;
    } catch (DatabaseUnavailable | TransactionConflict e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("a row cannot be imported", e);
      tx.sql("rollback to savepoint import_row").run();
      return new Upserted.Refused(Fault.of(Fault.Code.ERROR, "The profile could not be imported."));
    }
  }

  private static void note(Tx tx, Chunk chunk, TreeSet<String> profiles) {
    tx.sql(
            """
            insert into import_profile (account_id, job_id, profile_id)
            select :account, :job, id from unnest(:ids) n (id)
            on conflict do nothing
            """)
        .bind("account", chunk.account())
        .bind("job", chunk.job())
        .array("ids", "text", profiles)
        .run();
  }

  private static void note(Tx tx, Chunk chunk, List<ImportError> refused) {
    tx.sql(
            """
            insert into import_error (account_id, job_id, id, code, title, detail, pointer, payload)
            select :account, :job, id, code, title, detail, pointer, payload
            from unnest(:ids, :codes, :titles, :details, :pointers, :payloads)
              n (id, code, title, detail, pointer, payload)
            """)
        .bind("account", chunk.account())
        .bind("job", chunk.job())
        .array("ids", "text", refused.stream().map(ImportError::id).toList())
        .array("codes", "text", refused.stream().map(ImportError::code).toList())
        .array("titles", "text", refused.stream().map(ImportError::title).toList())
        .array("details", "text", refused.stream().map(ImportError::detail).toList())
        .array("pointers", "text", refused.stream().map(ImportError::pointer).toList())
        .array("payloads", "jsonb", refused.stream().map(ImportError::payload).toList())
        .run();
  }

  /** The rows have done their duty and are personal data: they go at once. */
  private void advance(Tx tx, Chunk chunk, int failed) {
    tx.sql(
            """
            delete from import_chunk
            where account_id = :account and job_id = :job and number = :number
            """)
        .bind("account", chunk.account())
        .bind("job", chunk.job())
        .bind("number", chunk.number())
        .run();
    tx.sql(
            """
            update import_job set status = 'processing', started_at = coalesce(started_at, :now),
              next_chunk = :next, completed = completed + :completed, failed = failed + :failed
            where account_id = :account and id = :job
            """)
        .bind("now", clock.instant())
        .bind("next", chunk.number() + 1)
        .bind("completed", chunk.rows().size() - failed)
        .bind("failed", failed)
        .bind("account", chunk.account())
        .bind("job", chunk.job())
        .run();
  }

  private void finish(Tx tx, Lease lease) {
    tx.sql(
            """
            update import_job set status = 'complete', completed_at = :now
            where account_id = :account and id = :job
            """)
        .bind("now", clock.instant())
        .bind("account", lease.account())
        .bind("job", lease.job())
        .run();
  }
}
