package carillon.delivery;

import carillon.mail.Message;
import carillon.mail.Outcome;

/** The way out that was chosen for this server: a relay, or the built-in outbox. */
sealed interface Transport extends AutoCloseable permits KeptMails, Delivery.Relayed {

  /** Never throws for trouble on the way: that is an outcome. */
  Outcome send(String account, Message message);

  @Override
  void close();
}
