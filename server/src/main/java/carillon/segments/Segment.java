package carillon.segments;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A segment.
 *
 * @param isActive whether it is kept up to date
 * @param isProcessing whether its members are being computed anew
 * @param members how many it has; empty when nobody asked
 */
record Segment(
    String id,
    String name,
    ObjectNode definition,
    Instant created,
    Instant updated,
    boolean isActive,
    boolean isProcessing,
    boolean isStarred,
    Optional<Long> members) {

  Segment counted(long count) {
    return new Segment(
        id,
        name,
        definition,
        created,
        updated,
        isActive,
        isProcessing,
        isStarred,
        Optional.of(count));
  }
}
