package carillon.delivery;

import java.util.Map;
import java.util.Optional;

/**
 * Somebody a message goes to.
 *
 * @param email where to
 * @param refusal why they must not be written to, such as {@code UNSUBSCRIBE}
 * @param tracked whether it may be told that they open mail
 * @param values what templates may say of them
 */
public record Contact(
    String profile,
    Optional<String> email,
    Optional<String> externalId,
    Optional<String> refusal,
    boolean tracked,
    Map<String, Object> values) {}
