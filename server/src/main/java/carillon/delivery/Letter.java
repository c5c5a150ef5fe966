package carillon.delivery;

/**
 * A mail of the server's own to one person, such as the question whether they want to subscribe.
 *
 * @param profile decides the order; any ULID when there is no profile yet
 * @param label name of the sender
 */
public record Letter(
    String account,
    String profile,
    String from,
    String label,
    String recipient,
    String subject,
    String html,
    String text) {}
