package carillon.delivery;

import java.util.Map;
import java.util.Optional;

/**
 * Somebody a message goes to.
 *
 * @param email where to
 * @param refusal why they must not be written to, such as {@code UNSUBSCRIBE}
 * @param values what templates may say of them
 */
public record Contact(
    String profile,
    Optional<String> email,
    Optional<String> externalId,
    Optional<String> refusal,
    Map<String, Object> values) {}
