package carillon.segments;

import carillon.platform.db.Queries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The segments of an account that are kept up to date, those that others depend on first, and which
 * of them a change concerns.
 */
final class Roster {

  /** An attribute that is touched whenever anything else of a person is. */
  private static final String UPDATED = "updated";

  private final List<List<Live>> levels;
  private final Map<String, Live> byId = new HashMap<>();
  private final Map<String, List<Live>> byMetric = new HashMap<>();
  private final Map<String, List<Live>> byAttribute = new HashMap<>();
  private final Map<String, List<Live>> byProperty = new HashMap<>();
  private final Map<String, List<Live>> byGroup = new HashMap<>();
  private final Map<String, List<Live>> byChannel = new HashMap<>();
  private final List<Live> byAnyEvent = new ArrayList<>();
  private final List<Live> byDevices = new ArrayList<>();

  private Roster(List<List<Live>> levels) {
    this.levels = levels;
    for (var live : all()) {
      var concern = live.dependencies();
      byId.put(live.id(), live);
      enter(byMetric, concern.metrics(), live);
      enter(byAttribute, concern.attributes(), live);
      enter(byProperty, concern.properties(), live);
      enter(byGroup, concern.groups(), live);
      enter(byChannel, concern.channels(), live);
      if (concern.anyEvent()) {
        byAnyEvent.add(live);
      }
      if (concern.devices()) {
        byDevices.add(live);
      }
    }
  }

  private static void enter(Map<String, List<Live>> index, Set<String> names, Live live) {
    names.forEach(name -> index.computeIfAbsent(name, _ -> new ArrayList<>()).add(live));
  }

  static Roster load(Queries queries, String account) {
    var all = new LinkedHashMap<String, Live>();
    queries
        .sql(
            """
            select id, definition, generation, computing, replaced from segment
            where account_id = :account and is_active order by id
            """)
        .bind("account", account)
        .list(Live::read)
        .forEach(live -> all.put(live.id(), live));
    return new Roster(levels(all));
  }

  /** Definitions have no circles, so that every segment finds its level. */
  private static List<List<Live>> levels(Map<String, Live> all) {
    var depths = new HashMap<String, Integer>();
    var levels = new ArrayList<List<Live>>();
    for (var live : all.values()) {
      var depth = depth(live, all, depths);
      while (levels.size() <= depth) {
        levels.add(new ArrayList<>());
      }
      levels.get(depth).add(live);
    }
    return List.copyOf(levels);
  }

  private static int depth(Live live, Map<String, Live> all, Map<String, Integer> depths) {
    var known = depths.get(live.id());
    if (known != null) {
      return known;
    }
    var depth =
        live.dependencies().groups().stream()
            .filter(all::containsKey)
            .mapToInt(group -> depth(all.get(group), all, depths) + 1)
            .max()
            .orElse(0);
    depths.put(live.id(), depth);
    return depth;
  }

  List<Live> all() {
    return levels.stream().flatMap(List::stream).toList();
  }

  /** Those that depend on no other first, then those that depend on these only, and so on. */
  List<List<Live>> levels() {
    return levels;
  }

  /** Whether time alone can change members. */
  boolean isTimed() {
    return all().stream()
        .anyMatch(live -> live.dependencies().timing() != Dependencies.Timing.NEVER);
  }

  /** The segments that ask who is in a list or segment. */
  List<Live> dependingOn(String group) {
    return byGroup.getOrDefault(group, List.of());
  }

  /** The segments whose members a change can alter; one may be told twice. */
  Stream<Live> concerned(Change change) {
    return switch (change) {
      case Change.Did(_, var metric) -> Stream.concat(of(byMetric, metric), byAnyEvent.stream());
      case Change.Altered(_, var attributes, var properties) ->
          Stream.of(
                  attributes.stream().flatMap(name -> of(byAttribute, name)),
                  properties.stream().flatMap(name -> of(byProperty, name)),
                  of(byAttribute, UPDATED))
              .flatMap(all -> all);
      case Change.Consented(_, var channel) ->
          Stream.concat(of(byChannel, channel), of(byAttribute, UPDATED));
      case Change.Grouped(_, var group) -> of(byGroup, group);
      case Change.Equipped _ -> byDevices.stream();
      case Change.Anything _ -> all().stream();
      case Change.Due(_, var segment) -> Stream.ofNullable(byId.get(segment));
    };
  }

  private static Stream<Live> of(Map<String, List<Live>> index, String name) {
    return index.getOrDefault(name, List.of()).stream();
  }
}
