package carillon.platform.db;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * An open transaction. Features pass it on, so that their rows and the news about them are
 * committed together or not at all. Of use only inside the function it was handed to, and only to
 * one thread.
 */
public final class Tx implements Queries {
  private final Handle handle;
  private final List<Runnable> afterCommit;
  private final List<Statement> ahead = new ArrayList<>();

  Tx(Handle handle, List<Runnable> afterCommit) {
    this.handle = handle;
    this.afterCommit = afterCommit;
  }

  @Override
  public Statement sql(String text) {
    return new Statement(text, this);
  }

  @Override
  public <T> T with(Function<Handle, T> work) {
    flush();
    try {
      return work.apply(handle);
    } catch (RuntimeException e) {
      throw Faults.translate(e);
    }
  }

  /** Keeps a statement until the next one takes it along. */
  void ahead(Statement statement) {
    ahead.add(statement);
  }

  /** What the next statement takes along. */
  List<Statement> takeAhead() {
    var all = List.copyOf(ahead);
    ahead.clear();
    return all;
  }

  /** Runs what still waits for a next statement. */
  void flush() {
    if (!ahead.isEmpty()) {
      ahead.removeLast().run();
    }
  }

  /** Commits with what still waits; when nothing does, that is left to whoever began. */
  void commit() {
    if (!ahead.isEmpty()) {
      sql("commit").run();
    }
  }

  /** Ends every further statement that runs longer with {@link TookTooLong}. */
  public void limit(Duration longest) {
    sql("select set_config('statement_timeout', :millis, true)")
        .bind("millis", Long.toString(longest.toMillis()))
        .list(row -> row.text("set_config"));
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }
}
