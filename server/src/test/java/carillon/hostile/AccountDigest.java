package carillon.hostile;

import static java.util.stream.Collectors.joining;

import carillon.platform.db.Database;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Tells whether anything in a database has changed that is not the server's own housekeeping. */
public final class AccountDigest {

  private static final Duration PAUSE = Duration.ofMillis(15);
  private static final int STILL = 1;
  private static final int LONG_STILL = 10;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  private final Database db;
  private final String contents;
  private String position = "";
  private String digest = "";

  public AccountDigest(Database db) {
    this.db = db;
    this.contents =
        tables(db).stream().map(AccountDigest::content).collect(joining("\nunion all\n"));
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

  /** Whether things are not as remembered; if so, remembers how they are now. */
  public boolean changed() {
    // Where nothing was written to the log, nothing changed: most of the time that is all to ask.
    if (position().equals(position)) {
      return false;
    }
    var before = digest;
    remember();
    return !before.equals(digest);
  }

  private void remember() {
    position = position();
    digest = digest();
  }

  private String position() {
    return db.sql("select pg_current_wal_insert_lsn()::text as position")
        .one(row -> row.text("position"));
  }

  private String digest() {
    return db.sql(
            "select md5(string_agg(content, ',' order by content)) as digest from ("
                + contents
                + ") all_tables")
        .one(row -> row.text("digest"));
  }

  private boolean newsWaits() {
    return db.sql("select exists (select from outbox) as waiting").one(row -> row.bool("waiting"));
  }

  private static List<String> tables(Database db) {
    return db.sql(
            """
            select tablename from pg_tables where schemaname = 'public'
              and tablename not in
                ('lane_lease', 'scheduled_tasks', 'outbox', 'schema_migration')
            order by 1
            """)
        .list(row -> row.text("tablename"));
  }

  private static String content(String table) {
    return "select '%1$s' || md5(coalesce(string_agg(t::text, e'\\n' order by t::text), '')) as content from %1$s t"
        .formatted(table);
  }
}
