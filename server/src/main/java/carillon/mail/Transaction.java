package carillon.mail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One message over an open connection, from MAIL to the answer to the final dot. */
final class Transaction {
  private static final int START_CONTENT = 354;
  private static final int CLOSING = 421;
  private final Wire wire;
  private final Capabilities offers;
  private final SmtpTimeouts timeouts;
  private final Envelope envelope;
  private final RawMessage message;
  private Stage stage = Stage.MAIL;
  private int unanswered;
  private boolean agreed;
  private boolean complete;

  /**
   * What came of it.
   *
   * @param reusable the connection can take another message
   * @param untouched the connection broke before the relay agreed to anything about this message
   */
  record Result(Outcome outcome, boolean reusable, boolean untouched) {}

  Transaction(
      Wire wire,
      Capabilities offers,
      SmtpTimeouts timeouts,
      Envelope envelope,
      RawMessage message) {
    this.wire = wire;
    this.offers = offers;
    this.timeouts = timeouts;
    this.envelope = envelope;
    this.message = message;
  }

  Result run() {
    if (needsUtf8() && !offers.smtpUtf8()) {
      var reply = new Reply(553, "5.6.7", "the relay takes no international addresses");
      return new Result(new Outcome.Rejected(Stage.RCPT, reply), true, false);
    }
    if (!offers.takes(message.size())) {
      var reply = new Reply(552, "5.3.4", "the relay takes " + offers.largest() + " bytes at most");
      return new Result(new Outcome.Rejected(Stage.CONTENT, reply), true, false);
    }
    try {
      var outcome = converse();
      boolean closing = outcome.reply().code() == CLOSING;
      return new Result(outcome, !closing && tidy(), closing && !agreed);
    } catch (IOException e) {
      var reply = Reply.none(SmtpDialer.reason(e));
      var outcome = complete ? new Outcome.Unconfirmed(reply) : new Outcome.Deferred(stage, reply);
      return new Result(outcome, false, !agreed);
    }
  }

  private Outcome converse() throws IOException {
    if (offers.pipelining()) {
      writeAhead();
    }
    var mail = ask(Stage.MAIL, mail());
    if (!mail.positive()) {
      return refusal(mail);
    }
    var refused = new ArrayList<Outcome.Refusal>();
    for (var recipient : envelope.recipients()) {
      var reply = ask(Stage.RCPT, rcpt(recipient));
      if (!reply.positive() && recipient.equals(envelope.recipients().getFirst())) {
        return refusal(reply);
      }
      if (!reply.positive()) {
        refused.add(new Outcome.Refusal(recipient, reply));
      }
    }
    var data = ask(Stage.DATA, "DATA");
    return data.code() == START_CONTENT ? content(refused) : refusal(data);
  }

  // DATA goes ahead only for one recipient: with several, the first may be refused and the rest
  // agreed to, and then nothing but the content stands between them and an unwanted mail.
  private void writeAhead() throws IOException {
    var commands = new ArrayList<String>();
    commands.add(mail());
    envelope.recipients().forEach(recipient -> commands.add(rcpt(recipient)));
    if (envelope.recipients().size() == 1) {
      commands.add("DATA");
    }
    unanswered = commands.size();
    wire.write(String.join("\r\n", commands) + "\r\n");
  }

  private Reply ask(Stage at, String command) throws IOException {
    stage = at;
    if (unanswered == 0) {
      wire.write(command + "\r\n");
      unanswered = 1;
    }
    var reply = wire.read().reply();
    unanswered--;
    agreed |= reply.positive() || reply.code() == START_CONTENT;
    return reply;
  }

  private Outcome content(List<Outcome.Refusal> refused) throws IOException {
    stage = Stage.CONTENT;
    var content = DotStuffing.of(message);
    wire.write(content.array(), content.size());
    complete = true;
    var reply = wire.read(timeouts.content()).reply();
    return reply.positive() ? new Outcome.Accepted(reply, refused) : refusal(reply);
  }

  private Outcome refusal(Reply reply) throws ProtocolViolation {
    return switch (reply.code() / 100) {
      case 4 -> new Outcome.Deferred(stage, reply);
      case 5 -> new Outcome.Rejected(stage, reply);
      default -> throw new ProtocolViolation("unexpected answer at " + stage + ": " + reply);
    };
  }

  // After a refusal before the content the connection is good again once all commands sent ahead
  // are answered and the transaction is reset.
  private boolean tidy() {
    if (stage == Stage.CONTENT) {
      return true;
    }
    try {
      int last = 0;
      while (unanswered > 0) {
        last = wire.read().code();
        unanswered--;
      }
      if (last == START_CONTENT) {
        wire.ask(".");
      }
      return wire.ask("RSET").code() == 250;
    } catch (IOException _) {
      return false;
    }
  }

  private String mail() {
    return "MAIL FROM:<"
        + envelope.returnPath()
        + ">"
        + (offers.hasSize() ? " SIZE=" + message.size() : "")
        + (needsUtf8() ? " BODY=8BITMIME SMTPUTF8" : "");
  }

  private static String rcpt(String recipient) {
    return "RCPT TO:<" + recipient + ">";
  }

  private boolean needsUtf8() {
    return envelope.needsUtf8() || message.hasUtf8Header();
  }
}
