package carillon.events;

import carillon.platform.db.Queries;

/** Numbers for events, taken from the database in blocks; never given twice. */
final class EventNumbers {

  /** What the sequence is declared to step by. */
  private static final long BLOCK = 4096;

  private long next;
  private long end;

  /** The next number; greater than all this server has given before. */
  synchronized long next(Queries queries) {
    if (next == end) {
      next = queries.sql("select nextval('event_seq') as first").one(row -> row.number("first"));
      end = next + BLOCK;
    }
    return next++;
  }
}
