package carillon.campaigns;

import carillon.lists.Lists;
import carillon.platform.db.Queries;
import carillon.segments.Segments;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a campaign can be for: lists and segments. */
record Audiences(Lists lists, Segments segments) {

  /** Which of the ids belong to lists or segments of the account. */
  Set<String> existing(String account, Collection<String> ids) {
    var existing = new TreeSet<>(lists.existing(account, ids));
    existing.addAll(segments.existing(account, ids));
    return existing;
  }

  /** The name of a list or segment. */
  Optional<String> name(String account, String id) {
    return lists
        .name(account, id)
        .or(() -> Optional.ofNullable(segments.names(account, List.of(id)).get(id)));
  }

  /** Whether an audience has segments whose members are not known yet. */
  boolean areUnready(Queries queries, String account, Audience audience) {
    return !segments.unready(queries, account, audience.all()).isEmpty();
  }

  /** An SQL query for the members, each as often as it is in one of the lists and segments. */
  static String members(String ids) {
    return Lists.audience(ids) + "\nunion all\n" + Segments.audience(ids);
  }

  /** The same query for the next members only, each once and in the order of ids. */
  static String page(String ids, String after, String most) {
    return """
    select distinct a.profile_id from (
      (%s) union all (%s)) a
    order by 1 limit %s
    """
        .formatted(
            Lists.audiencePage(ids, after, most), Segments.audiencePage(ids, after, most), most);
  }
}
