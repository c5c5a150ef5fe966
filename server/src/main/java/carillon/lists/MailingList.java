package carillon.lists;

import java.time.Instant;
import java.util.Optional;

/**
 * A list.
 *
 * @param members how many are on it; empty when nobody asked
 */
public record MailingList(
    String id,
    String name,
    OptIn optIn,
    Instant createdAt,
    Instant updatedAt,
    Optional<Long> members) {

  MailingList counted(long count) {
    return new MailingList(id, name, optIn, createdAt, updatedAt, Optional.of(count));
  }
}
