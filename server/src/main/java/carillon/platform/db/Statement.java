package carillon.platform.db;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.postgresql.PGStatement;

/**
 * One SQL statement with its values. Every way of running it throws {@link DatabaseUnavailable},
 * {@link ConstraintViolation} or {@link TransactionConflict} where these apply.
 */
public final class Statement {
  private static final int FETCH_SIZE = 500;

  private static final StatementCustomizer PLANNED_ANEW =
      new StatementCustomizer() {
        @Override
        public void beforeExecution(PreparedStatement statement, StatementContext context)
            throws SQLException {
          statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        }
      };

  private final String text;
  private final Queries queries;
  private final Map<String, Argument> values = new LinkedHashMap<>();
  private boolean plannedAnew;

  Statement(String text, Queries queries) {
    this.text = text;
    this.queries = queries;
  }

  /**
   * Binds a text, number, boolean, UUID, Instant, LocalDate, byte array or JsonNode (as jsonb); an
   * Optional stands for its value or null. PostgreSQL infers the type of a null from its place.
   *
   * @throws IllegalArgumentException for any other type
   */
  public Statement bind(String name, Object value) {
    values.put(name, Values.argument(value));
    return this;
  }

  /** Binds all entries of {@code named} like {@link #bind(String, Object)}. */
  public Statement bindAll(Map<String, ?> named) {
    named.forEach(this::bind);
    return this;
  }

  /**
   * Binds a PostgreSQL array.
   *
   * @param elementType as PostgreSQL names it: {@code text}, {@code uuid}, {@code timestamptz},
   *     {@code bigint}, {@code jsonb}...
   * @param elements of the types {@link #bind(String, Object)} takes (no byte arrays), null
   *     elements and empty Optionals become null; JsonNodes may also go into {@code text}
   */
  public Statement array(String name, String elementType, Collection<?> elements) {
    values.put(name, Values.array(elementType, elements));
    return this;
  }

  /**
   * Has PostgreSQL plan this execution on its own, by how large the tables are now, instead of
   * keeping a plan for all. For what goes through a queue in sets: a plan made while it was empty
   * reads all of it, again and again, once it is full.
   */
  public Statement plannedAnew() {
    plannedAnew = true;
    return this;
  }

  /** Runs an insert, update, delete or DDL statement; answers the number of rows it touched. */
  public int run() {
    return queries.with(handle -> {
      try (var update = bound(handle.createUpdate(text))) {
        return update.execute();
      }
    });
  }

  /** All rows of a query, or of a statement with {@code returning}. */
  public <T> List<T> list(Function<Row, T> reader) {
    return queries.with(handle -> {
      try (var query = query(handle)) {
        return query.map((row, _) -> reader.apply(new Row(row))).list();
      }
    });
  }

  /** The first row, or empty when there is none. */
  public <T> Optional<T> first(Function<Row, T> reader) {
    return queries.with(handle -> {
      try (var query = query(handle).setMaxRows(1)) {
        return query.map((row, _) -> reader.apply(new Row(row))).findFirst();
      }
    });
  }

  /**
   * The only row.
   *
   * @throws IllegalStateException when there are none or several
   */
  public <T> T one(Function<Row, T> reader) {
    var rows = list(reader);
    if (rows.size() != 1) {
      throw new IllegalStateException("one row expected, not " + rows.size() + ": " + text);
    }
    return rows.getFirst();
  }

  /**
   * Hands the rows over one by one without holding them all in memory. Outside a transaction it
   * opens one for the time of reading, and holds its connection until the last row is done.
   */
  public <T> void each(Function<Row, T> reader, Consumer<? super T> consumer) {
    switch (queries) {
      case Tx tx -> tx.with(handle -> stream(handle, reader, consumer));
      case Database database ->
          database.transact(tx -> tx.with(handle -> stream(handle, reader, consumer)));
    }
  }

  private <T> long stream(Handle handle, Function<Row, T> reader, Consumer<? super T> consumer) {
    try (var query = query(handle).setFetchSize(FETCH_SIZE);
        var rows = query.map((row, _) -> reader.apply(new Row(row))).stream()) {
      return rows.peek(consumer).mapToLong(_ -> 1).sum();
    }
  }

  private Query query(Handle handle) {
    return bound(handle.createQuery(text));
  }

  private <S extends SqlStatement<S>> S bound(S statement) {
    values.forEach(statement::bind);
    return plannedAnew ? statement.addCustomizer(PLANNED_ANEW) : statement;
  }
}
