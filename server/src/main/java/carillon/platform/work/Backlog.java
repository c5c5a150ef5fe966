package carillon.platform.work;

/**
 * What waits in a queue.
 *
 * @param kind of the rows
 * @param depth how many there are, counted up to a bound
 * @param ageSeconds how long the oldest of those counted has been due
 */
public record Backlog(String kind, long depth, double ageSeconds) {}
