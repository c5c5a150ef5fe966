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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.result.ResultBearing;
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

  /** The name of a value; texts and casts are found, too, to be passed over. */
  private static final Pattern NAMES = Pattern.compile("'[^']*'|::|:([A-Za-z]\\w*)");

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

  /**
   * Has the statement travel with the next one of its transaction, or with the commit: one round
   * trip less. It runs before that one, on its own, and fails in its place; nobody learns its
   * result.
   *
   * @throws IllegalStateException outside a transaction
   */
  public void ahead() {
    switch (queries) {
      case Tx tx -> tx.ahead(this);
      case Database _ -> throw new IllegalStateException("ahead of what? " + text);
    }
  }

  /** Runs an insert, update, delete or DDL statement; answers the number of rows it touched. */
  public int run() {
    var trip = trip();
    return queries.with(handle -> {
      try (var update = trip.bind(handle.createUpdate(trip.text()))) {
        return update.execute((statement, _) -> trip.last(statement.get()).getUpdateCount());
      }
    });
  }

  /** All rows of a query, or of a statement with {@code returning}. */
  public <T> List<T> list(Function<Row, T> reader) {
    var trip = trip();
    return queries.with(handle -> {
      try (var query = handle.createQuery(trip.text())) {
        return trip.rows(query).map((row, _) -> reader.apply(new Row(row))).list();
      }
    });
  }

  /** The first row, or empty when there is none. */
  public <T> Optional<T> first(Function<Row, T> reader) {
    var trip = trip();
    return queries.with(handle -> {
      try (var query = handle.createQuery(trip.text()).setMaxRows(1)) {
        return trip.rows(query).map((row, _) -> reader.apply(new Row(row))).findFirst();
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
    try (var query = alone().bind(handle.createQuery(text)).setFetchSize(FETCH_SIZE);
        var rows = query.map((row, _) -> reader.apply(new Row(row))).stream()) {
      return rows.peek(consumer).mapToLong(_ -> 1).sum();
    }
  }

  private Trip alone() {
    return new Trip(text, values, 0, plannedAnew);
  }

  /** The statement after those that were to travel ahead of it. */
  private Trip trip() {
    var trip = alone();
    if (queries instanceof Tx tx) {
      for (var first : tx.takeAhead().reversed()) {
        trip = trip.after(first);
      }
    }
    return trip;
  }

  /**
   * Statements that go to PostgreSQL together and run one after the other.
   *
   * @param ahead how many run before the one whose result is wanted
   */
  private record Trip(String text, Map<String, Argument> values, int ahead, boolean plannedAnew) {

    /** The other's values get names that nobody else has. */
    Trip after(Statement first) {
      var ending = "_ahead" + ahead;
      var all = new LinkedHashMap<>(values);
      first.values.forEach((name, value) -> all.put(name + ending, value));
      var named =
          NAMES
              .matcher(first.text)
              .replaceAll(match ->
                  Matcher.quoteReplacement(
                      match.group(1) == null ? match.group() : match.group() + ending));
      return new Trip(named + ";\n" + text, all, ahead + 1, plannedAnew || first.plannedAnew);
    }

    <S extends SqlStatement<S>> S bind(S statement) {
      values.forEach(statement::bind);
      return plannedAnew ? statement.addCustomizer(PLANNED_ANEW) : statement;
    }

    ResultBearing rows(Query query) {
      return bind(query)
          .execute((statement, context) -> {
            var rows = last(statement.get()).getResultSet();
            return ResultBearing.of(() -> rows, context);
          });
    }

    /** A statement that was run, at the result of the last of its parts. */
    PreparedStatement last(PreparedStatement statement) throws SQLException {
      for (int i = 0; i < ahead; i++) {
        statement.getMoreResults();
      }
      return statement;
    }
  }
}
