package carillon.lists;

import carillon.platform.db.Tx;

/**
 * The mail that asks whether somebody wants to subscribe.
 *
 * @param id a ULID that stands for the person, of whom there may be no profile
 * @param from address of the sender
 * @param label name of the sender
 */
public record ConfirmationMail(
    String account,
    String id,
    String from,
    String label,
    String recipient,
    String subject,
    String html,
    String text) {

  /** Who takes such mails to people. */
  @FunctionalInterface
  public interface Post {

    /** Takes a mail that is to leave once the transaction is committed, and not otherwise. */
    void post(Tx tx, ConfirmationMail mail);
  }
}
