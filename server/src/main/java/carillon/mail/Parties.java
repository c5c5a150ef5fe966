package carillon.mail;

import java.util.List;

/**
 * Who a message is from, to whom it goes and who else gets a copy. {@code bcc} is never printed.
 */
public record Parties(
    Mailbox from, List<Mailbox> to, List<Mailbox> replyTo, List<Mailbox> cc, List<Mailbox> bcc) {

  public Parties {
    to = List.copyOf(to);
    replyTo = List.copyOf(replyTo);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
  }

  public static Parties of(Mailbox from, Mailbox to) {
    return new Parties(from, List.of(to), List.of(), List.of(), List.of());
  }

  public Parties withReplyTo(Mailbox... mailboxes) {
    return new Parties(from, to, List.of(mailboxes), cc, bcc);
  }

  public Parties withCc(Mailbox... mailboxes) {
    return new Parties(from, to, replyTo, List.of(mailboxes), bcc);
  }

  public Parties withBcc(Mailbox... mailboxes) {
    return new Parties(from, to, replyTo, cc, List.of(mailboxes));
  }
}
