package carillon.mail;

/** A way out for mail. Safe for use by many threads; a call blocks until the answer is known. */
public interface MailTransport extends AutoCloseable {

  /** Never throws for trouble with the message, the relay or the network: that is an outcome. */
  Outcome send(Message message);

  /** Lets sends in progress finish; every later one is deferred. */
  @Override
  void close();
}
