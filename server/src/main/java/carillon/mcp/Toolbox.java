package carillon.mcp;

import carillon.jsonapi.Operation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All tools: one or more for every declared operation, and none for what is not declared. */
final class Toolbox {

  /** The most used, in the order of a day's work: look, build an audience, write, send, read. */
  private static final List<String> DEFAULTS =
      List.of(
          "KLAVIYO_GET_ACCOUNTS",
          "KLAVIYO_GET_PROFILES",
          "KLAVIYO_GET_PROFILE",
          "KLAVIYO_CREATE_OR_UPDATE_PROFILE",
          "KLAVIYO_SPAWN_BULK_PROFILE_IMPORT_JOB",
          "KLAVIYO_SUBSCRIBE_PROFILES",
          "KLAVIYO_GET_LISTS",
          "KLAVIYO_CREATE_LIST",
          "KLAVIYO_ADD_PROFILE_TO_LIST",
          "KLAVIYO_GET_LIST_PROFILES",
          "KLAVIYO_GET_SEGMENTS",
          "KLAVIYO_CREATE_SEGMENT",
          "KLAVIYO_GET_METRICS",
          "KLAVIYO_QUERY_METRIC_AGGREGATES",
          "KLAVIYO_GET_EVENTS",
          "KLAVIYO_CREATE_EVENT",
          "KLAVIYO_GET_TEMPLATES",
          "KLAVIYO_CREATE_TEMPLATE",
          "KLAVIYO_CREATE_TEMPLATE_RENDER",
          "KLAVIYO_GET_CAMPAIGNS",
          "KLAVIYO_GET_CAMPAIGN",
          "KLAVIYO_CREATE_CAMPAIGN",
          "KLAVIYO_ASSIGN_CAMPAIGN_MESSAGE_TEMPLATE",
          "KLAVIYO_CREATE_CAMPAIGN_RECIPIENT_ESTIMATION_JOB",
          "KLAVIYO_GET_CAMPAIGN_RECIPIENT_ESTIMATION",
          "KLAVIYO_CREATE_CAMPAIGN_SEND_JOB",
          "KLAVIYO_QUERY_CAMPAIGN_VALUES",
          "KLAVIYO_GET_FLOWS");

  private final Map<String, Tool> listed = new TreeMap<>();
  private final Map<String, Tool> former = new LinkedHashMap<>();
  private final Search search;

  Toolbox(Collection<Operation> operations) {
    var making = new Making(operations);
    making.current().forEach(tool -> listed.put(tool.name(), tool));
    making.former().forEach(tool -> former.put(tool.name(), tool));
    search = new Search(listed.values());
  }

  /** Every tool that is listed, by name. */
  List<Tool> all() {
    return List.copyOf(listed.values());
  }

  /** The most used ones, in a fixed order. */
  List<Tool> defaults() {
    return DEFAULTS.stream().filter(listed::containsKey).map(listed::get).toList();
  }

  /** The names of the groups, such as {@code profiles} or {@code data-privacy}. */
  List<String> groups() {
    return listed.values().stream().map(tool -> word(tool.group())).distinct().sorted().toList();
  }

  /** The tools of a group, by name; empty when there is no such group. */
  List<Tool> group(String name) {
    return listed.values().stream().filter(tool -> word(tool.group()).equals(word(name))).toList();
  }

  /** A tool by its name, or by a former one, which is taken but not listed. */
  Optional<Tool> find(String name) {
    return Optional.ofNullable(listed.getOrDefault(name, former.get(name)));
  }

  /** The names nearest to one that does not exist, best first. */
  List<String> nearest(String name) {
    return Nearest.to(name, listed.keySet());
  }

  /** The tools that fit the words, best first. */
  List<Tool> search(String words) {
    return search.of(words);
  }

  /** How a group is written in an address. */
  static String word(String group) {
    return group.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
