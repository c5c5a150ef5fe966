package carillon.jsonapi;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Filters and sorts ships in memory, as a store would by SQL. */
final class ShipQuery {

  static Comparator<Ship> order(Select select) {
    Comparator<Ship> byId = Comparator.comparing(Ship::id);
    return switch (select.sort().name()) {
      case "name" -> turned(Comparator.comparing(Ship::name), select).thenComparing(byId);
      case "launched" ->
          Comparator.<Ship, Boolean>comparing(ship -> ship.launched().isEmpty())
              .thenComparing(
                  turned(
                      Comparator.comparing(ship -> ship.launched().orElse(Instant.EPOCH)), select))
              .thenComparing(byId);
      default -> byId;
    };
  }

  private static Comparator<Ship> turned(Comparator<Ship> order, Select select) {
    return select.descending() ? order.reversed() : order;
  }

  static boolean holds(Filter filter, Ship ship) {
    return switch (filter) {
      case Filter.And(var parts) -> parts.stream().allMatch(part -> holds(part, ship));
      case Filter.Compare(var field, var op, var value) ->
          value(field.name(), ship).filter(there -> compare(there, op, value)).isPresent();
      case Filter.CompareList(var field, _, var values) ->
          value(field.name(), ship).filter(values::contains).isPresent();
      case Filter.Has _ -> !ship.port().isEmpty();
    };
  }

  private static Optional<Object> value(String field, Ship ship) {
    var values = new Values(ship.values());
    return switch (field) {
      case "id" -> Optional.of(ship.id());
      case "name" -> Optional.of(ship.name());
      case "rig" -> values.find(Ship.RIG).map(word -> word);
      case "tonnage" -> values.find(Ship.TONNAGE).map(number -> number);
      case "speed" -> values.find(Ship.SPEED).map(number -> number);
      case "afloat" -> values.find(Ship.AFLOAT).map(truth -> truth);
      case "launched" -> ship.launched().map(moment -> moment);
      default -> Optional.empty();
    };
  }

  @SuppressWarnings("unchecked")
  private static boolean compare(Object there, Op op, Object value) {
    var order =
        there instanceof BigDecimal number
            ? number.compareTo((BigDecimal) value)
            : ((Comparable<Object>) there).compareTo(value);
    return switch (op) {
      case EQUALS -> order == 0;
      case CONTAINS -> there.toString().contains(value.toString());
      case STARTS_WITH -> there.toString().startsWith(value.toString());
      case ENDS_WITH -> there.toString().endsWith(value.toString());
      case GREATER_THAN -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case LESS_THAN -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case ANY, CONTAINS_ANY, CONTAINS_ALL, HAS -> throw new IllegalStateException(op.word());
    };
  }

  private ShipQuery() {}
}
