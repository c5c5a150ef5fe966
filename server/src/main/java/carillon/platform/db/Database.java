package carillon.platform.db;

import carillon.platform.DatabaseAddress;
import carillon.platform.Settings;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * The migrated database behind its pool. {@code db.sql(...)} runs single statements; {@link
 * #transaction} and {@link #transact} run several together.
 *
 * <p>While a transaction is open on a thread, that thread may use the database through its {@link
 * Tx} only: a second connection per request would let a full pool wait for itself.
 */
public final class Database implements Queries, AutoCloseable {

  /** May the function of a transaction be run again when PostgreSQL gave it up? */
  public enum Repeat {
    /** No: a {@link TransactionConflict} goes to the caller. */
    NEVER,
    /** Yes, some times: everything it does is inside the transaction, or harmless to repeat. */
    SAFE
  }

  private static final Duration ALIVE_WITHIN = Duration.ofSeconds(2);
  private static final String STEP = "step_of_a_trial";

  private final CompletableFuture<Opened> opening;
  private final ScopedValue<Tx> current = ScopedValue.newInstance();
  private final ScopedValue<Handle> trial = ScopedValue.newInstance();

  private record Opened(HikariDataSource pool, Jdbi jdbi, Runnable afterClose) {
    static Opened of(HikariDataSource pool, Runnable afterClose) {
      var jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
      // A failed statement's values are personal data and must not reach the log.
      jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
      return new Opened(pool, jdbi, afterClose);
    }
  }

  private Database(CompletableFuture<Opened> opening) {
    this.opening = opening;
  }

  /**
   * A database that is opened while the caller goes on. Who uses it waits until it is open, and is
   * told what opening it failed for.
   */
  public static Database meanwhile(Supplier<Database> open) {
    return new Database(
        CompletableFuture.supplyAsync(
            () -> open.get().opened(), task -> Thread.ofPlatform().name("opening").start(task)));
  }

  /** Returns when it is open, or throws what opening it failed for. */
  public void await() {
    opened();
  }

  private Opened opened() {
    try {
      return opening.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
  }

  /**
   * Opens the database that the settings name, or starts the embedded one in the data directory and
   * stops it on {@link #close}.
   *
   * @throws DatabaseUnavailable when a named database does not answer
   * @throws EmbeddedPostgresFailure when the embedded one cannot be started, saying why
   */
  public static Database open(Settings settings, MeterRegistry registry) {
    if (settings.database().isPresent()) {
      return open(settings.database().get(), settings.poolSize(), registry, () -> {});
    }
    var embedded = EmbeddedPostgres.start(EmbeddedPostgres.Options.of(settings));
    try {
      return open(embedded.address(), settings.poolSize(), registry, embedded::close);
    } catch (RuntimeException e) {
      embedded.close();
      throw e;
    }
  }

  /**
   * The same for a command that may run beside a server: an embedded database that is running
   * already is shared with it.
   */
  public static Database openBeside(Settings settings, MeterRegistry registry) {
    var running =
        settings.database().isPresent()
            ? Optional.<DatabaseAddress>empty()
            : EmbeddedPostgres.running(settings.dataDir());
    return running
        .map(address -> open(address, settings.poolSize(), registry))
        .orElseGet(() -> open(settings, registry));
  }

  /**
   * Opens and migrates the database at {@code address}.
   *
   * @throws DatabaseUnavailable when it does not answer
   */
  public static Database open(DatabaseAddress address, int poolSize, MeterRegistry registry) {
    return open(address, poolSize, registry, () -> {});
  }

  private static Database open(
      DatabaseAddress address, int poolSize, MeterRegistry registry, Runnable afterClose) {
    var pool = Pool.open(address, poolSize, registry);
    try {
      Migrations.run(pool);
      return new Database(CompletableFuture.completedFuture(Opened.of(pool, afterClose)));
    } catch (RuntimeException e) {
      pool.close();
      throw Faults.translate(e);
    }
  }

  @Override
  public Statement sql(String text) {
    return new Statement(text, this);
  }

  @Override
  public <T> T with(Function<Handle, T> work) {
    refuseInsideTransaction();
    try {
      return trial.isBound()
          ? step(trial.get(), work)
          : opened().jdbi().<T, RuntimeException>withHandle(work::apply);
    } catch (RuntimeException e) {
      throw Faults.translate(e);
    }
  }

  /** Runs {@code action} now, as every statement here is committed by itself; not in a trial. */
  @Override
  public void afterCommit(Runnable action) {
    if (!isTrial()) {
      action.run();
    }
  }

  /**
   * Runs {@code work} and undoes it: what it does to this database on this thread, in whatever
   * transactions, is seen by itself alone and rolled back at the end. Nothing that waits for a
   * commit happens. What it does elsewhere is not undone.
   */
  public <T> T tryOut(Supplier<T> work) {
    refuseInsideTransaction();
    try {
      return opened()
          .jdbi()
          .<T, RuntimeException>withHandle(handle -> {
            handle.begin();
            try {
              return ScopedValue.where(trial, handle).call(work::get);
            } finally {
              handle.rollback();
            }
          });
    } catch (RuntimeException e) {
      throw Faults.translate(e);
    }
  }

  /** Whether this thread only tries things out: what it reads may never be for others to see. */
  public boolean isTrial() {
    return trial.isBound();
  }

  /** A statement that fails must leave the rest of the trial as it was. */
  private static <T> T step(Handle handle, Function<Handle, T> work) {
    handle.savepoint(STEP);
    try {
      var result = work.apply(handle);
      handle.releaseSavepoint(STEP);
      return result;
    } catch (RuntimeException e) {
      handle.rollbackToSavepoint(STEP);
      throw e;
    }
  }

  /**
   * Runs {@code work} in a transaction: committed when it returns, rolled back when it throws.
   *
   * @throws TransactionConflict when PostgreSQL gave the transaction up
   */
  public <T> T transaction(Function<Tx, T> work) {
    refuseInsideTransaction();
    var afterCommit = new ArrayList<Runnable>();
    var result = committed(work, afterCommit);
    afterCommit.forEach(this::afterCommit);
    return result;
  }

  /** As {@link #transaction(Function)}, begun again after a conflict if {@code repeat} allows. */
  public <T> T transaction(Repeat repeat, Function<Tx, T> work) {
    return switch (repeat) {
      case NEVER -> transaction(work);
      case SAFE -> Conflicts.retrying(() -> transaction(work));
    };
  }

  /** {@link #transaction(Function)} for work without a result. */
  public void transact(Consumer<Tx> work) {
    transact(Repeat.NEVER, work);
  }

  /** {@link #transaction(Repeat, Function)} for work without a result. */
  public void transact(Repeat repeat, Consumer<Tx> work) {
    transaction(
        repeat,
        tx -> {
          work.accept(tx);
          return true;
        });
  }

  /** Whether it has been opened and migrated. */
  public boolean isOpen() {
    return opening.state() == Future.State.SUCCESS;
  }

  /**
   * Does the database answer right now? Waits a few seconds for it, and for a free connection; not
   * for its being opened.
   */
  public boolean reachable() {
    if (!isOpen()) {
      return false;
    }
    try (var connection = dataSource().getConnection()) {
      return connection.isValid((int) ALIVE_WITHIN.toSeconds());
    } catch (SQLException _) {
      return false;
    }
  }

  /** For libraries that bring their own SQL; the connections are those of the pool. */
  public DataSource dataSource() {
    return opened().pool();
  }

  /** Closes all connections, then stops the embedded server if there is one. */
  @Override
  public void close() {
    var isOpen = opening.handle((_, failure) -> failure == null).join();
    if (isOpen) {
      opened().pool().close();
      opened().afterClose().run();
    }
  }

  private <T> T committed(Function<Tx, T> work, List<Runnable> afterCommit) {
    try {
      return trial.isBound()
          ? step(trial.get(), handle -> done(handle, work, afterCommit, Tx::flush))
          : opened()
              .jdbi()
              .<T, RuntimeException>inTransaction(
                  handle -> done(handle, work, afterCommit, Tx::commit));
    } catch (RuntimeException e) {
      throw Faults.translate(e);
    }
  }

  private <T> T done(
      Handle handle, Function<Tx, T> work, List<Runnable> afterCommit, Consumer<Tx> end) {
    var tx = new Tx(handle, afterCommit);
    return ScopedValue.where(current, tx)
        .call(() -> {
          var result = work.apply(tx);
          end.accept(tx);
          return result;
        });
  }

  private void refuseInsideTransaction() {
    if (current.isBound()) {
      throw new IllegalStateException("a transaction is open on this thread: use its Tx");
    }
  }
}
