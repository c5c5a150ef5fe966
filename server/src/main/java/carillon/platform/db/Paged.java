package carillon.platform.db;

import carillon.jsonapi.Cursor;
import carillon.jsonapi.Filter;
import carillon.jsonapi.Op;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.jsonapi.Sortable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A collection as it is asked for by URL: a query of the feature's own to which the filter, the
 * keyset condition of the cursor, the order and the limit are added. Values are always bound.
 */
public final class Paged<T> {

  /** The SQL condition of a comparison that is not simply one of a column with a value. */
  @FunctionalInterface
  public interface Treatment {
    String condition(Filter comparison, Binder binder);
  }

  /** Binds a value under a name of its own. */
  @FunctionalInterface
  public interface Binder {
    /** The parameter that stands for the value, such as {@code :filter_3}. */
    String bind(Object value);
  }

  private final String query;
  private final String id;
  private final String idType;
  private final Function<Row, T> reader;
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, List<Object>> arrays = new HashMap<>();
  private final Map<String, Treatment> treatments = new HashMap<>();

  /**
   * A collection.
   *
   * @param query from {@code select} to the end of a {@code where} clause
   * @param id expression of the id that breaks ties
   * @param idType its PostgreSQL type, such as {@code text}
   * @param reader makes a row
   */
  public Paged(String query, String id, String idType, Function<Row, T> reader) {
    this.query = query.strip();
    this.id = id;
    this.idType = idType;
    this.reader = reader;
  }

  /** Binds a value of the feature's own query. */
  public Paged<T> bind(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** Compiles comparisons with a filter field in the feature's own way. */
  public Paged<T> treat(String field, Treatment treatment) {
    treatments.put(field, treatment);
    return this;
  }

  /** The page asked for. */
  public Slice<T> page(Queries db, Select select) {
    var forward = select.cursor().map(Cursor::forward).orElse(true);
    var descending = select.descending() == forward;
    var byId = select.sort().name().equals("id");
    var sort = byId ? new Sortable("id", id, idType, false) : select.sort();
    var text =
        "select (%s)::text as cursor_key, (%s)::text as cursor_id, ".formatted(sort.column(), id)
            + query.substring("select".length())
            + "\nand "
            + where(select.filter())
            + select
                .cursor()
                .map(cursor -> "\nand " + after(cursor, sort, byId, descending))
                .orElse("")
            + "\norder by "
            + order(sort, byId, forward, descending)
            + "\nlimit "
            + (select.size() + 1L);
    var statement = db.sql(text).bindAll(values);
    arrays.forEach((name, all) -> statement.array(name, arrayType(all), all));
    var rows =
        statement.list(row ->
            new Keyed<>(row.maybeText("cursor_key"), row.text("cursor_id"), reader.apply(row)));
    return slice(rows, select, forward);
  }

  private record Keyed<T>(Optional<String> key, String id, T row) {
    Cursor cursor(boolean forward) {
      return new Cursor(forward, key, id);
    }
  }

  private Slice<T> slice(List<Keyed<T>> found, Select select, boolean forward) {
    var more = found.size() > select.size();
    var rows = more ? found.subList(0, select.size()) : found;
    var ordered = forward ? rows : rows.reversed();
    if (ordered.isEmpty()) {
      return new Slice<>(List.of(), Optional.empty(), Optional.empty());
    }
    var hasNext = forward ? more : true;
    var hasPrev = forward ? select.cursor().isPresent() : more;
    return new Slice<>(
        ordered.stream().map(Keyed::row).toList(),
        hasNext ? Optional.of(ordered.getLast().cursor(true)) : Optional.empty(),
        hasPrev ? Optional.of(ordered.getFirst().cursor(false)) : Optional.empty());
  }

  /** Nulls come last going forward, whatever the direction; backward all of it is turned round. */
  private String order(Sortable sort, boolean byId, boolean forward, boolean descending) {
    var direction = descending ? " desc" : " asc";
    if (byId) {
      return id + direction;
    }
    var nulls = sort.nullable() ? (forward ? " nulls last" : " nulls first") : "";
    return sort.column() + direction + nulls + ", " + id + direction;
  }

  private String after(Cursor cursor, Sortable sort, boolean byId, boolean descending) {
    var than = descending ? " < " : " > ";
    var lastId = "cast(" + bind(cursor.id()) + " as " + idType + ")";
    if (byId) {
      return id + than + lastId;
    }
    var column = sort.column();
    if (!sort.nullable()) {
      return "(%s, %s)%s(cast(%s as %s), %s)"
          .formatted(column, id, than, bind(cursor.key().orElseThrow()), sort.sqlType(), lastId);
    }
    if (cursor.key().isEmpty()) {
      return cursor.forward()
          ? "(%s is null and %s%s%s)".formatted(column, id, than, lastId)
          : "(%s is not null or %s%s%s)".formatted(column, id, than, lastId);
    }
    var key = "cast(" + bind(cursor.key().get()) + " as " + sort.sqlType() + ")";
    return "((%s, %s)%s(%s, %s)%s)"
        .formatted(
            column, id, than, key, lastId, cursor.forward() ? " or " + column + " is null" : "");
  }

  private String where(Filter filter) {
    return switch (filter) {
      case Filter.And(var parts) ->
          parts.isEmpty()
              ? "true"
              : parts.stream().map(this::where).collect(Collectors.joining(" and ", "(", ")"));
      case Filter.Compare(var field, var op, var value) ->
          treated(filter).orElseGet(() -> compare(field.column(), op, value));
      case Filter.CompareList(var field, _, var all) ->
          treated(filter).orElseGet(() -> field.column() + " = any(" + bindArray(all) + ")");
      case Filter.Has(var field) ->
          treated(filter).orElseGet(() -> field.column() + " is not null");
    };
  }

  private Optional<String> treated(Filter comparison) {
    return Optional.ofNullable(treatments.get(Filter.fieldOf(comparison)))
        .map(treatment -> treatment.condition(comparison, this::bind));
  }

  private String compare(String column, Op op, Object value) {
    return switch (op) {
      case EQUALS -> column + " = " + bind(value);
      case GREATER_THAN -> column + " > " + bind(value);
      case GREATER_OR_EQUAL -> column + " >= " + bind(value);
      case LESS_THAN -> column + " < " + bind(value);
      case LESS_OR_EQUAL -> column + " <= " + bind(value);
      case CONTAINS -> column + " ilike " + bind("%" + escaped(value) + "%");
      case STARTS_WITH -> column + " ilike " + bind(escaped(value) + "%");
      case ENDS_WITH -> column + " ilike " + bind("%" + escaped(value));
      case ANY, CONTAINS_ANY, CONTAINS_ALL, HAS ->
          throw new IllegalStateException(op + " takes no single value");
    };
  }

  private static String escaped(Object value) {
    return value.toString().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private String bind(Object value) {
    if (value instanceof List<?> all) {
      return bindArray(new ArrayList<>(all));
    }
    var name = "page_" + values.size();
    values.put(name, value);
    return ":" + name;
  }

  private String bindArray(List<Object> all) {
    var name = "page_array_" + arrays.size();
    arrays.put(name, all);
    return ":" + name;
  }

  private static String arrayType(List<Object> all) {
    return switch (all.isEmpty() ? "" : all.getFirst()) {
      case Boolean _ -> "boolean";
      case Long _ -> "bigint";
      case java.math.BigDecimal _ -> "numeric";
      case java.time.Instant _ -> "timestamptz";
      default -> "text";
    };
  }
}
