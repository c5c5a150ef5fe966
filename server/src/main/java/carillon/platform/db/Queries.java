package carillon.platform.db;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Where statements run: on the {@link Database} each is a transaction of its own, on a {@link Tx}
 * they share one. A store method that works either way takes this type.
 */
public sealed interface Queries permits Database, Tx {

  /**
   * A statement to bind and run, with parameters written {@code :name}. The operators {@code ?},
   * {@code ?|} and {@code ?&} of jsonb are written {@code ??}, {@code ??|} and {@code ??&}.
   */
  Statement sql(String text);

  /**
   * Lends the underlying handle for what {@link #sql} cannot say, such as COPY.
   *
   * @throws DatabaseUnavailable when no connection can be had
   */
  <T> T with(Function<Handle, T> work);

  /**
   * Runs {@code action} on this thread once what was done here is committed, in the order given;
   * not at all when it is rolled back. For waking somebody up and for what is kept in memory: it
   * may never run if the node dies.
   */
  void afterCommit(Runnable action);
}
