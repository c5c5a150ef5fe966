package carillon.reporting;

import static carillon.jsonapi.Op.CONTAINS_ALL;
import static carillon.jsonapi.Op.CONTAINS_ANY;
import static carillon.jsonapi.Op.EQUALS;
import static java.util.stream.Collectors.groupingBy;

import carillon.jsonapi.Fault;
import carillon.jsonapi.Filter;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Op;
import carillon.reporting.CampaignMessage.Named;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Which messages a report is about. */
record MessageFilter(Filter conditions) {

  static final MessageFilter ALL = new MessageFilter(Filter.NONE);

  private static final List<Filterable> FIELDS =
      List.of(
          one("send_channel").words("email", "sms", "push-notification", "whatsapp"),
          one("campaign_id"),
          one("campaign_message_id"),
          one("variation"),
          one("text_message_format"),
          many("tag_id"),
          many("tag_name"));

  /** Reads a filter; what is wrong with it is told at the pointer. */
  static MessageFilter read(String text, String pointer, List<Fault> faults) {
    var filter = Filter.read(text, FIELDS, pointer, faults);
    filter.leaves().collect(groupingBy(Filter::fieldOf)).entrySet().stream()
        .filter(field -> field.getValue().size() > 1)
        .map(field -> "Only one filter can be used per attribute: '" + field.getKey() + "'.")
        .sorted()
        .forEach(detail -> faults.add(Fault.at(pointer, detail)));
    return new MessageFilter(filter);
  }

  boolean passes(CampaignMessage message) {
    return conditions.leaves().allMatch(leaf -> holds(leaf, message));
  }

  private static boolean holds(Filter condition, CampaignMessage message) {
    return switch (condition) {
      case Filter.And(var parts) -> parts.stream().allMatch(part -> holds(part, message));
      case Filter.Compare(var field, _, var value) ->
          of(message, field.name()).contains(value.toString());
      case Filter.CompareList(var field, var op, var values) ->
          holds(op, of(message, field.name()), values);
      case Filter.Has _ -> throw new IllegalStateException("no field takes 'has'");
    };
  }

  private static boolean holds(Op op, Collection<String> there, List<Object> wanted) {
    return op == CONTAINS_ALL
        ? wanted.stream().allMatch(there::contains)
        : wanted.stream().anyMatch(there::contains);
  }

  private static Collection<String> of(CampaignMessage message, String field) {
    return switch (field) {
      case "tag_id" -> message.tags().stream().map(Named::id).toList();
      case "tag_name" -> message.tags().stream().map(Named::name).toList();
      default ->
          Set.of(Grouping.of(field).of(new Grouping.Aspect(message, Named.NOTHING, Named.NOTHING)));
    };
  }

  private static Filterable one(String name) {
    return Filterable.text(name, name, EQUALS).list(CONTAINS_ANY);
  }

  private static Filterable many(String name) {
    return Filterable.text(name, name, EQUALS).list(CONTAINS_ANY, CONTAINS_ALL);
  }
}
