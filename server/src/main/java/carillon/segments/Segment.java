package carillon.segments;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** A segment. */
record Segment(
    String id,
    String name,
    ObjectNode definition,
    Instant created,
    Instant updated,
    boolean isActive,
    boolean isProcessing,
    boolean isStarred) {}
