package carillon.profiles;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Filter;
import carillon.jsonapi.Op;
import carillon.jsonapi.Select;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a query asks about suppressions, as a join with those that match.
 *
 * @param join SQL after {@code profile p}; empty when nothing is asked
 * @param values what is to be bound for it
 */
record Suppressed(String join, Map<String, Object> values) {

  static Suppressed of(Select select, String global, String ofList) {
    var asked =
        select
            .filter()
            .leaves()
            .filter(leaf -> Filter.fieldOf(leaf).startsWith("subscriptions."))
            .map(leaf -> (Filter.Compare) leaf)
            .toList();
    var ofLists = mentions(asked, select, ofList);
    if (ofLists && mentions(asked, select, global)) {
      throw ApiError.parameter(
          "filter", "Suppressions of lists and of the whole channel cannot be mixed.");
    }
    if (!ofLists && asked.isEmpty() && !select.sort().name().startsWith(global)) {
      return new Suppressed("", Map.of());
    }
    return join(asked, ofLists ? listId(asked, ofList) : "");
  }

  private static boolean mentions(List<Filter.Compare> asked, Select select, String kind) {
    return select.sort().name().startsWith(kind)
        || asked.stream().anyMatch(one -> one.field().name().startsWith(kind));
  }

  private static String listId(List<Filter.Compare> asked, String ofList) {
    return asked.stream()
        .filter(one -> one.field().name().equals(ofList + "list_id"))
        .map(one -> one.value().toString())
        .findFirst()
        .orElseThrow(() ->
            ApiError.parameter("filter", "Suppressions of lists need " + ofList + "list_id."));
  }

  private static Suppressed join(List<Filter.Compare> asked, String listId) {
    var values = new HashMap<String, Object>(Map.of("suppressed_list", listId));
    var conditions = new StringBuilder();
    var bounds = new HashMap<Boolean, Op>();
    for (var one : asked) {
      var isBound = one.field().column().equals("s.at");
      if (isBound && bounds.put(isLower(one.op()), one.op()) != null) {
        throw ApiError.parameter("filter", "Only one range of timestamps is allowed.");
      }
      var name = "suppressed_" + values.size();
      values.put(name, one.value());
      conditions.append(" and %s %s :%s".formatted(one.field().column(), sign(one.op()), name));
    }
    return new Suppressed(
        """

        %s join (
          select s.profile_id, max(s.at) as at from suppression s
          where s.account_id = :account and s.list_id = :suppressed_list%s
          group by s.profile_id) s on s.profile_id = p.profile_id
        """
            .formatted(asked.isEmpty() ? "left" : "", conditions)
            .stripTrailing(),
        values);
  }

  private static boolean isLower(Op op) {
    return op == Op.GREATER_THAN || op == Op.GREATER_OR_EQUAL;
  }

  private static String sign(Op op) {
    return switch (op) {
      case EQUALS -> "=";
      case GREATER_THAN -> ">";
      case GREATER_OR_EQUAL -> ">=";
      case LESS_THAN -> "<";
      case LESS_OR_EQUAL -> "<=";
      case ANY, CONTAINS, CONTAINS_ANY, CONTAINS_ALL, STARTS_WITH, ENDS_WITH, HAS ->
          throw new IllegalStateException(op + " is not offered for suppressions");
    };
  }
}
