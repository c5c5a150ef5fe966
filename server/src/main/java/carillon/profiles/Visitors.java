package carillon.profiles;

import carillon.jsonapi.Json;
import carillon.platform.db.Tx;
import carillon.platform.work.News;
import carillon.platform.work.OutboxSubscriber;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Nameless visitors, known by a device only. When a request names the device and a person, what the
 * visitor did becomes the person's: soon after, because it must wait until nobody writes.
 */
public final class Visitors {

  private static final String KIND = "VisitorIdentified";

  private final Merges merges;

  public Visitors(Merges merges) {
    this.merges = merges;
  }

  /** Follows who is identified. To be told first: it waits for all who hold profiles. */
  public OutboxSubscriber subscriber() {
    return new OutboxSubscriber("visitors", Set.of(KIND), this::take);
  }

  private void take(Tx tx, List<News> news) {
    var byAccount = new TreeMap<String, List<Identification>>();
    for (var one : news) {
      byAccount
          .computeIfAbsent(one.account(), _ -> new ArrayList<>())
          .add(new Identification(one.payload().get("visitor").stringValue(), one.profile()));
    }
    byAccount.forEach((account, all) -> merges.identified(tx, account, all));
  }

  /** News of those identifications that concern a visitor and somebody known. */
  static List<News> news(Tx tx, String account, List<Identification> all) {
    var ids = new HashSet<String>();
    all.forEach(one -> ids.addAll(Set.of(one.visitor(), one.known())));
    var personal = IdentifierRows.personal(tx, account, ids);
    return all.stream()
        .filter(one -> personal.contains(one.known()) && !personal.contains(one.visitor()))
        .map(one ->
            new News(account, one.known(), KIND, Json.object().put("visitor", one.visitor())))
        .toList();
  }
}
