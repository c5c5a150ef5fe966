package carillon.hostile;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import carillon.platform.db.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** Tells whether anything in a database has changed that is not the server's own housekeeping. */
public final class AccountDigest {

  private static final Duration PAUSE = Duration.ofMillis(15);
  private static final int STILL = 2;
  private static final int LONG_STILL = 12;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  private final Database db;
  private final String contents;
  private String position = "";
  private Map<String, String> digest = Map.of();

  public AccountDigest(Database db) {
    this.db = db;
    this.contents = tables(db).stream().map(AccountDigest::content).collect(joining("union all\n"));
  }

  /** Waits until nothing is under way any more and remembers how things are. */
  public void settle() {
    var deadline = System.nanoTime() + PATIENCE_NANOS;
    remember();
    for (int still = 0; still < (newsWaits() ? LONG_STILL : STILL); ) {
      LockSupport.parkNanos(PAUSE.toNanos());
      var before = digest;
      remember();
      still = before.equals(digest) ? still + 1 : 0;
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the server does not come to rest");
      }
    }
  }

  /** The tables that are not as remembered; then remembers how they are now. */
  public Set<String> changed() {
    // Where nothing was written to the log, nothing changed: most of the time that is all to ask.
    if (position().equals(position)) {
      return Set.of();
    }
    var before = digest;
    remember();
    var changed = new TreeSet<>(digest.keySet());
    changed.removeIf(table -> digest.get(table).equals(before.get(table)));
    return changed;
  }

  private void remember() {
    position = position();
    digest = digest();
  }

  private String position() {
    return db.sql("select pg_current_wal_insert_lsn()::text as position")
        .one(row -> row.text("position"));
  }

  private Map<String, String> digest() {
    record Content(String table, String hash) {}
    return db
        .sql(contents)
        .list(row -> new Content(row.text("table_name"), row.text("hash")))
        .stream()
        .collect(toMap(Content::table, Content::hash));
  }

  private boolean newsWaits() {
    return db.sql("select exists (select from outbox) as waiting").one(row -> row.bool("waiting"));
  }

  private static List<String> tables(Database db) {
    return db.sql(
            """
            select tablename from pg_tables where schemaname = 'public'
              and tablename not in
                ('lane_lease', 'lane_worker', 'outbox', 'schema_migration', 'segment_upkeep')
            order by 1
            """)
        .list(row -> row.text("tablename"));
  }

  private static String content(String table) {
    return """
    select '%1$s' as table_name,
      md5(coalesce(string_agg(t::text, e'\\n' order by t::text), '')) as hash
    from %1$s t
    """
        .formatted(table);
  }
}
