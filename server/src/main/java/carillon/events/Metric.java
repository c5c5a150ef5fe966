package carillon.events;

import java.time.Instant;

/**
 * A kind of event.
 *
 * @param hasValue whether any of its events ever had a value
 */
public record Metric(
    String id, MetricName name, boolean hasValue, Instant created, Instant updated) {}
