package carillon.platform.db;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.argument.Argument;
import org.postgresql.util.PGobject;
import tools.jackson.databind.JsonNode;

/** Turns Java values into what the driver binds. */
final class Values {

  static Argument argument(Object value) {
    return switch (value) {
      case null -> nothing();
      case Optional<?> optional -> argument(optional.orElse(null));
      case Instant instant ->
          object(instant.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
      case JsonNode json -> jsonb(json);
      case byte[] bytes -> (position, statement, _) -> statement.setBytes(position, bytes);
      case String text -> object(text, Types.VARCHAR);
      case UUID uuid -> object(uuid, Types.OTHER);
      case Boolean bool -> object(bool, Types.BOOLEAN);
      case Integer number -> object(number, Types.INTEGER);
      case Long number -> object(number, Types.BIGINT);
      case Short number -> object(number, Types.SMALLINT);
      case Double number -> object(number, Types.DOUBLE);
      case BigDecimal number -> object(number, Types.NUMERIC);
      case LocalDate date -> object(date, Types.DATE);
      default -> throw new IllegalArgumentException("cannot bind a " + value.getClass().getName());
    };
  }

  static Argument array(String elementType, Collection<?> elements) {
    var values = row(elementType, elements.stream().map(Values::element));
    return (position, statement, _) ->
        statement.setArray(position, statement.getConnection().createArrayOf(elementType, values));
  }

  /** The driver sends arrays of these classes in binary form, all others as text to be parsed. */
  private static Object[] row(String elementType, Stream<Object> elements) {
    return switch (elementType) {
      case "text" ->
          elements.map(one -> one == null ? null : one.toString()).toArray(String[]::new);
      case "bigint" ->
          elements.map(one -> one instanceof Number n ? n.longValue() : null).toArray(Long[]::new);
      case "integer" ->
          elements
              .map(one -> one instanceof Number n ? n.intValue() : null)
              .toArray(Integer[]::new);
      case "smallint" ->
          elements
              .map(one -> one instanceof Number n ? n.shortValue() : null)
              .toArray(Short[]::new);
      default -> elements.toArray();
    };
  }

  /** The driver writes most elements by their toString, which PostgreSQL reads for all of these. */
  private static Object element(Object value) {
    return switch (value) {
      case null -> null;
      case Optional<?> optional -> element(optional.orElse(null));
      case Instant _, LocalDate _, JsonNode _, BigDecimal _ -> value.toString();
      case String _, UUID _, Boolean _, Integer _, Long _, Short _, Double _ -> value;
      default ->
          throw new IllegalArgumentException("no array element: " + value.getClass().getName());
    };
  }

  private static Argument nothing() {
    return (position, statement, _) -> statement.setNull(position, Types.NULL);
  }

  private static Argument object(Object value, int type) {
    return (position, statement, _) -> statement.setObject(position, value, type);
  }

  private static Argument jsonb(JsonNode json) {
    return (position, statement, _) -> {
      var object = new PGobject();
      object.setType("jsonb");
      object.setValue(json.toString());
      statement.setObject(position, object);
    };
  }

  private Values() {}
}
