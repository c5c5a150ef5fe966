package carillon.flows;

import java.time.Instant;

/**
 * A flow.
 *
 * @param status draft, manual or live
 * @param trigger what starts it, in a published word such as {@code Metric}
 */
public record Flow(
    String id,
    String name,
    String status,
    boolean archived,
    Instant created,
    Instant updated,
    String trigger) {}
