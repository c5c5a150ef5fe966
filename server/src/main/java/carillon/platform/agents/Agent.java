package carillon.platform.agents;

import java.util.Optional;

/**
 * The program behind a request.
 *
 * @param clientName such as {@code Chrome Mobile}; {@code Unknown} when nothing tells
 * @param os such as {@code iOS}; {@code Unknown} when nothing tells or a proxy hides it
 * @param type what kind of machine it runs on
 * @param bot whether the request needs no person: a prefetch, a scanner, a script
 * @param proxy the mail provider's proxy that asked in a reader's stead. Some of them ask only when
 *     a mail is opened: those are no bots
 */
public record Agent(
    String clientName, String os, Type type, boolean bot, Optional<MailProxy> proxy) {

  /** Kinds of machines. */
  public enum Type {
    DESKTOP("Desktop"),
    MOBILE("Mobile"),
    TABLET("Tablet"),
    UNKNOWN("Unknown");

    private final String label;

    Type(String label) {
      this.label = label;
    }

    /** As it is shown and stored in events. */
    public String label() {
      return label;
    }
  }

  Agent asBot() {
    return new Agent(clientName, os, type, true, proxy);
  }
}
