package carillon.jsonapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a query string asks of a collection or a resource.
 *
 * @param filter conditions, {@link Filter#NONE} when there are none
 * @param sort the field to sort by
 * @param descending whether from great to small
 * @param cursor where the page starts
 * @param size rows per page
 * @param include names of relations to include
 * @param fields attribute paths asked for, by resource type; a type not in it wants all
 * @param additional costly attributes asked for, by resource type
 */
public record Select(
    Filter filter,
    Sortable sort,
    boolean descending,
    Optional<Cursor> cursor,
    int size,
    Set<String> include,
    Map<String, Set<String>> fields,
    Map<String, Set<String>> additional) {

  /** Whether a costly attribute of a type was asked for. */
  public boolean wants(String type, String attribute) {
    return additional.getOrDefault(type, Set.of()).contains(attribute);
  }

  /** Whether a relation is to be included. */
  public boolean includes(String relation) {
    return include.contains(relation);
  }

  /** The attribute paths asked for of a type; empty when all. */
  public Optional<Set<String>> fieldsOf(String type) {
    return Optional.ofNullable(fields.get(type));
  }

  /** The values given for a filter field, for handlers that treat a field themselves. */
  public List<Object> filterValues(String field) {
    return filter.valuesOf(field);
  }
}
