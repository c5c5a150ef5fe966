package carillon.segments;

import java.time.Instant;
import java.time.ZoneId;

/**
 * An account at one moment.
 *
 * @param zone where its days begin
 */
record Present(String account, ZoneId zone, Instant now) {

  /** A compiler for one statement: the same definitions become the same text each time. */
  Compiler compiler() {
    return new Compiler(account, zone, now);
  }
}
