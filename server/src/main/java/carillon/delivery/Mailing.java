package carillon.delivery;

import java.util.List;
import java.util.Optional;

/**
 * A mail before it is made out to anybody. Subject, preview, html and text are template sources.
 *
 * @param source id of the campaign message
 * @param preview may be empty
 * @param text empty: told from the HTML
 */
public record Mailing(
    String source,
    Campaign campaign,
    Sender sender,
    String subject,
    String preview,
    String html,
    Optional<String> text,
    Tracking tracking,
    Treatment treatment) {

  /**
   * What the mail belongs to.
   *
   * @param label of the message
   * @param group the list or segment it is sent to, the first if there are several
   */
  public record Campaign(String id, String name, String label, Optional<Group> group) {}

  /** A list or segment. */
  public record Group(String id, String name) {}

  /**
   * Who it is from.
   *
   * @param label name shown beside the address; all but the address may be empty
   */
  public record Sender(
      String email, String label, Optional<String> replyTo, List<String> cc, List<String> bcc) {

    public Sender {
      cc = List.copyOf(cc);
      bcc = List.copyOf(bcc);
    }

    public static Sender of(String email, String label) {
      return new Sender(email, label, Optional.empty(), List.of(), List.of());
    }
  }

  /**
   * Rules for handing it out.
   *
   * @param marketing needs consent and carries a way out; else it is about a transaction
   * @param smartSending left out for who got another marketing mail a short while ago
   * @param groups the lists and segments it goes to; empty when it goes to no group
   */
  public record Treatment(boolean marketing, boolean smartSending, List<String> groups) {

    public static final Treatment USUAL = new Treatment(true, true, List.of());

    public Treatment {
      groups = List.copyOf(groups);
    }
  }
}
