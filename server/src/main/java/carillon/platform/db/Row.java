package carillon.platform.db;

import carillon.jsonapi.Json;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.result.ResultSetException;
import tools.jackson.databind.JsonNode;

/**
 * The row a query stands on, read by column name. Each plain method expects a value and fails on
 * null; its {@code maybe} twin answers empty instead. Of use only inside the reader it was handed
 * to.
 */
public final class Row {
  private final ResultSet row;

  Row(ResultSet row) {
    this.row = row;
  }

  /** A text, varchar or any type PostgreSQL prints. */
  public String text(String column) {
    return present(column, maybeText(column));
  }

  /** As {@link #text}, or empty. */
  public Optional<String> maybeText(String column) {
    return Optional.ofNullable(get(column, ResultSet::getString));
  }

  /** An int or smallint. */
  public int integer(String column) {
    return present(column, maybeInteger(column));
  }

  /** As {@link #integer}, or empty. */
  public Optional<Integer> maybeInteger(String column) {
    return maybe(column, Integer.class);
  }

  /** A bigint, also an int or a count. */
  public long number(String column) {
    return present(column, maybeNumber(column));
  }

  /** As {@link #number}, or empty. */
  public Optional<Long> maybeNumber(String column) {
    return maybe(column, Long.class);
  }

  /** A numeric, exact. */
  public BigDecimal decimal(String column) {
    return present(column, maybeDecimal(column));
  }

  /** As {@link #decimal}, or empty. */
  public Optional<BigDecimal> maybeDecimal(String column) {
    return maybe(column, BigDecimal.class);
  }

  /** A double precision. */
  public double real(String column) {
    return present(column, maybeReal(column));
  }

  /** As {@link #real}, or empty. */
  public Optional<Double> maybeReal(String column) {
    return maybe(column, Double.class);
  }

  /** A boolean. */
  public boolean bool(String column) {
    return present(column, maybeBool(column));
  }

  /** As {@link #bool}, or empty. */
  public Optional<Boolean> maybeBool(String column) {
    return maybe(column, Boolean.class);
  }

  /** A timestamptz, to the microsecond. */
  public Instant instant(String column) {
    return present(column, maybeInstant(column));
  }

  /** As {@link #instant}, or empty. */
  public Optional<Instant> maybeInstant(String column) {
    return maybe(column, OffsetDateTime.class).map(OffsetDateTime::toInstant);
  }

  /** A date. */
  public LocalDate date(String column) {
    return present(column, maybeDate(column));
  }

  /** As {@link #date}, or empty. */
  public Optional<LocalDate> maybeDate(String column) {
    return maybe(column, LocalDate.class);
  }

  /** A uuid. */
  public UUID uuid(String column) {
    return present(column, maybeUuid(column));
  }

  /** As {@link #uuid}, or empty. */
  public Optional<UUID> maybeUuid(String column) {
    return maybe(column, UUID.class);
  }

  /** A json or jsonb; a JSON null is a value, an SQL null is not. */
  public JsonNode json(String column) {
    return present(column, maybeJson(column));
  }

  /** As {@link #json}, or empty. */
  public Optional<JsonNode> maybeJson(String column) {
    return maybeText(column).map(Json::read);
  }

  /** A bytea. */
  public byte[] bytes(String column) {
    return present(column, maybeBytes(column));
  }

  /** As {@link #bytes}, or empty. */
  public Optional<byte[]> maybeBytes(String column) {
    return Optional.ofNullable(get(column, ResultSet::getBytes));
  }

  /** A text[]; an SQL null is an empty list. */
  public List<String> texts(String column) {
    return elements(column, String.class::cast);
  }

  /** A uuid[]; an SQL null is an empty list. */
  public List<UUID> uuids(String column) {
    return elements(column, UUID.class::cast);
  }

  /** A bigint[]; an SQL null is an empty list. */
  public List<Long> numbers(String column) {
    return elements(column, Long.class::cast);
  }

  /** A timestamptz[]; an SQL null is an empty list. */
  public List<Instant> instants(String column) {
    return elements(column, element -> ((Timestamp) element).toInstant());
  }

  private <T> Optional<T> maybe(String column, Class<T> type) {
    return Optional.ofNullable(get(column, (set, name) -> set.getObject(name, type)));
  }

  private <T> List<T> elements(String column, Function<Object, T> element) {
    var array = get(column, ResultSet::getArray);
    return array == null
        ? List.of()
        : Arrays.stream((Object[]) getArray(array)).map(element).toList();
  }

  private static Object getArray(Array array) {
    try {
      return array.getArray();
    } catch (SQLException e) {
      throw new ResultSetException("cannot read an array", e, null);
    }
  }

  private <T> T get(String column, Getter<T> getter) {
    try {
      return getter.get(row, column);
    } catch (SQLException e) {
      throw new ResultSetException("cannot read column " + column, e, null);
    }
  }

  private static <T> T present(String column, Optional<T> value) {
    return value.orElseThrow(() -> new IllegalStateException("column " + column + " is null"));
  }

  @FunctionalInterface
  private interface Getter<T> {
    T get(ResultSet row, String column) throws SQLException;
  }
}
