package carillon.lists;

import carillon.accounts.Account;
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

  static ConfirmationMail of(Account account, PendingStore.Asked to, String from, String link) {
    var shop = ConfirmationPages.oneLine(account.name());
    var sender = account.sender();
    return new ConfirmationMail(
        account.id(),
        to.id(),
        sender.email().isEmpty() ? from : sender.email(),
        sender.name().isEmpty() ? shop : ConfirmationPages.oneLine(sender.name()),
        to.email(),
        "Please confirm your subscription to " + shop,
        ConfirmationPages.mail(shop, link),
        """
        %s: please confirm your subscription.

        Open this page and press the button:
        %s

        If you did not ask for it, do nothing: you will not be subscribed.
        """
            .formatted(shop, link));
  }
}
