package carillon.segments;

import carillon.platform.db.Queries;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** The rosters of accounts as this node read them last. */
final class Rosters {

  private record Known(long version, Roster roster) {}

  private final Cache<String, Known> known = Caffeine.newBuilder().maximumSize(1_000).build();

  /** The roster at a version that was read just now, or a later one. */
  Roster of(Queries queries, String account, long version) {
    var last = known.getIfPresent(account);
    if (last != null && last.version() == version) {
      return last.roster();
    }
    var roster = Roster.load(queries, account);
    known.put(account, new Known(version, roster));
    return roster;
  }
}
