package carillon.mail;

import java.util.List;

/** What became of one attempt to send a message. */
public sealed interface Outcome {

  /** The reply that decided. */
  Reply reply();

  /**
   * The relay took the message; {@code refused} are copies (never the first recipient) it did not.
   */
  record Accepted(Reply reply, List<Refusal> refused) implements Outcome {
    public Accepted {
      refused = List.copyOf(refused);
    }
  }

  /**
   * Not now: a 4xx answer, or trouble with the connection or the login. Certainly not delivered.
   */
  record Deferred(Stage stage, Reply reply) implements Outcome {}

  /** Never: a 5xx answer about this message. {@link Bounce#of(Rejected)} tells what it means. */
  record Rejected(Stage stage, Reply reply) implements Outcome {}

  /**
   * The whole message went out and the connection broke before the answer came. Sending again may
   * deliver it twice; not sending again may lose it.
   */
  record Unconfirmed(Reply reply) implements Outcome {}

  /** A recipient of a copy that was not accepted. */
  record Refusal(String recipient, Reply reply) {}
}
