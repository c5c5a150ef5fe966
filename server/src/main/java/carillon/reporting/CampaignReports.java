package carillon.reporting;

import static java.util.stream.Collectors.toSet;

import carillon.jsonapi.Cursor;
import carillon.jsonapi.Json;
import carillon.jsonapi.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers report queries: the numbers of each message, row by row, in the order of their groups.
 */
final class CampaignReports {

  /** Rows on a page. */
  static final int PAGE = 500;

  /** Texts one by one, so that pages follow each other whatever the rows are grouped by. */
  private static final Comparator<List<String>> IN_ORDER =
      (one, other) -> {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
          var order = one.get(i).compareTo(other.get(i));
          if (order != 0) {
            return order;
          }
        }
        return Integer.compare(one.size(), other.size());
      };

  private final ReportStore store;

  CampaignReports(ReportStore store) {
    this.store = store;
  }

  /** A row of a report. */
  record Line(Map<String, String> groupings, Map<String, Double> statistics) {

    String campaign() {
      return groupings.get(Grouping.CAMPAIGN_ID.word());
    }
  }

  Slice<Line> lines(String account, ReportQuery query, Optional<Cursor> cursor) {
    var messages =
        store.messages(account).stream().filter(message -> query.filter().passes(message)).toList();
    var campaigns = messages.stream().map(CampaignMessage::campaign).collect(toSet());
    var sent = store.sent(account, campaigns, query.span());
    var owed =
        query.needsConversions()
            ? store.owed(account, campaigns, query.span(), query.conversionMetric())
            : Map.<String, Owed>of();
    var lines = new TreeMap<List<String>, Line>(IN_ORDER);
    for (var message : messages) {
      if (sent.containsKey(message.id())) {
        var numbers =
            statistics(
                query, sent.get(message.id()), owed.getOrDefault(message.id(), Owed.NOTHING));
        for (var aspect : Grouping.aspects(message, query.groupBy())) {
          var groupings = groupings(query, aspect);
          lines.put(key(message, groupings), new Line(groupings, numbers));
        }
      }
    }
    return page(lines, cursor);
  }

  private static Map<String, Double> statistics(ReportQuery query, Sent sent, Owed owed) {
    var all = new LinkedHashMap<String, Double>();
    query.statistics().forEach(one -> all.put(one.word(), one.of(sent, owed)));
    return Collections.unmodifiableMap(all);
  }

  private static Map<String, String> groupings(ReportQuery query, Grouping.Aspect aspect) {
    var all = new LinkedHashMap<String, String>();
    query.groupBy().forEach(one -> all.put(one.word(), one.of(aspect)));
    return Collections.unmodifiableMap(all);
  }

  private static List<String> key(CampaignMessage message, Map<String, String> groupings) {
    var key = new ArrayList<String>();
    key.add(message.campaign());
    key.add(message.id());
    key.addAll(groupings.values());
    return key;
  }

  private static Slice<Line> page(TreeMap<List<String>, Line> lines, Optional<Cursor> cursor) {
    var forward = cursor.map(Cursor::forward).orElse(true);
    var rest =
        cursor
            .map(place ->
                forward
                    ? lines.tailMap(key(place), false)
                    : lines.headMap(key(place), false).descendingMap())
            .orElse(lines);
    var page = new TreeMap<List<String>, Line>(IN_ORDER);
    rest.entrySet().stream().limit(PAGE).forEach(line -> page.put(line.getKey(), line.getValue()));
    if (page.isEmpty()) {
      return Slice.all(List.of());
    }
    return new Slice<>(
        List.copyOf(page.values()),
        cursor(true, page.lastKey()).filter(_ -> lines.higherKey(page.lastKey()) != null),
        cursor(false, page.firstKey()).filter(_ -> lines.lowerKey(page.firstKey()) != null));
  }

  private static Optional<Cursor> cursor(boolean forward, List<String> key) {
    return Optional.of(new Cursor(forward, Optional.empty(), Json.MAPPER.writeValueAsString(key)));
  }

  private static List<String> key(Cursor cursor) {
    return Json.read(cursor.id()).valueStream().map(node -> node.stringValue()).toList();
  }
}
