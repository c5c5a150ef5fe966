package carillon.mcp;

import java.util.List;
import java.util.Optional;

/** The revisions of the protocol that are spoken. */
final class Revisions {

  /** Says its revision in every request. */
  static final String CURRENT = "2026-07-28";

  /** Shake hands first; the latest first. */
  static final List<String> EARLIER =
      List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

  static final List<String> ALL =
      List.of(CURRENT, "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

  /** What to speak with a client that asks for a revision in its handshake. */
  static String agreed(Optional<String> asked) {
    return asked.filter(EARLIER::contains).orElse(EARLIER.getFirst());
  }

  private Revisions() {}
}
