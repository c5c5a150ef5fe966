package carillon.segments;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import carillon.platform.db.Statement;
import carillon.segments.Membership.Move;
import java.util.ArrayList;
import java.util.List;

/** Who came into a segment and who left it. */
record Moved(List<String> added, List<String> removed) {

  /** The moves of people in one segment. */
  static Moved of(List<Move> moves) {
    var sides =
        moves.stream().collect(partitioningBy(Move::comes, mapping(Move::profile, toList())));
    return new Moved(sides.get(true), sides.get(false));
  }

  /** Reads rows with the columns profile_id and came. */
  static Moved read(Statement statement) {
    var added = new ArrayList<String>();
    var removed = new ArrayList<String>();
    statement
        .list(row -> new Row(row.text("profile_id"), row.bool("came")))
        .forEach(row -> (row.came() ? added : removed).add(row.profile()));
    return new Moved(added, removed);
  }

  private record Row(String profile, boolean came) {}

  boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty();
  }

  List<String> all() {
    var all = new ArrayList<>(added);
    all.addAll(removed);
    return all;
  }
}
