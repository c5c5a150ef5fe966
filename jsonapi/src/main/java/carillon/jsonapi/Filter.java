package carillon.jsonapi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A parsed filter. Values are String, Long, BigDecimal, Boolean or Instant by the field's kind. */
public sealed interface Filter {

  /** No condition at all. */
  Filter NONE = new And(List.of());

  /** All of these hold. */
  record And(List<Filter> parts) implements Filter {}

  /** A field compared with a value. */
  record Compare(Filterable field, Op op, Object value) implements Filter {}

  /** A field compared with a list of values. */
  record CompareList(Filterable field, Op op, List<Object> values) implements Filter {}

  /** A relation that is there. */
  record Has(Filterable field) implements Filter {}

  /**
   * Reads a filter that stands in a body.
   *
   * @param pointer where it stands
   * @param faults gets what is wrong with it
   */
  static Filter read(String text, List<Filterable> fields, String pointer, List<Fault> faults) {
    var found = new ArrayList<Fault>();
    var filter = FilterParser.parse(text, fields, found);
    found.forEach(fault -> faults.add(Fault.at(pointer, fault.detail())));
    return filter;
  }

  /** The comparisons in it, in order of writing. */
  default Stream<Filter> leaves() {
    return switch (this) {
      case And(var parts) -> parts.stream().flatMap(Filter::leaves);
      case Compare _, CompareList _, Has _ -> Stream.of(this);
    };
  }

  /** The name of the field of a comparison. */
  static String fieldOf(Filter leaf) {
    return switch (leaf) {
      case And _ -> "";
      case Compare(var field, _, _) -> field.name();
      case CompareList(var field, _, _) -> field.name();
      case Has(var field) -> field.name();
    };
  }

  /** The filter with only those comparisons whose field name passes. */
  default Filter only(Predicate<String> names) {
    return new And(leaves().filter(leaf -> names.test(fieldOf(leaf))).toList());
  }

  /** All values compared with a field, whatever the operator. */
  default List<Object> valuesOf(String name) {
    return leaves()
        .filter(leaf -> fieldOf(leaf).equals(name))
        .<Object>flatMap(leaf ->
            switch (leaf) {
              case Compare(_, _, var value) -> Stream.of(value);
              case CompareList(_, _, var values) -> values.stream();
              case And _, Has _ -> Stream.of();
            })
        .toList();
  }
}
