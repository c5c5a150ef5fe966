package carillon.mail;

import java.util.Map;
import java.util.regex.Pattern;

/** What a permanent refusal says about the address: the kind, and the reason in a few words. */
public record Bounce(Kind kind, String reason) {

  public enum Kind {
    /** The address is no good: write to it no more. */
    HARD,
    /** The mailbox or its server has a passing trouble. */
    SOFT,
    /** The sender, the content or the relay is objected to; the address may be fine. */
    POLICY
  }

  private static final Map<String, Bounce> BY_DETAIL =
      Map.ofEntries(
          hard("1.0", "address refused"),
          hard("1.1", "no such mailbox"),
          hard("1.2", "no such domain"),
          hard("1.3", "malformed address"),
          soft("1.4", "ambiguous address"),
          hard("1.6", "mailbox has moved"),
          policy("1.7", "sender address malformed"),
          policy("1.8", "sender domain unknown"),
          soft("1.9", "relayed to a system without mail"),
          hard("1.10", "domain accepts no mail"),
          hard("2.1", "mailbox disabled"),
          soft("2.2", "mailbox full"),
          policy("2.3", "message too large"),
          soft("2.4", "mailing list trouble"),
          soft("3.1", "mail system full"),
          policy("3.4", "message too large"),
          soft("4.4", "no route to the domain"),
          soft("4.6", "mail loop"),
          soft("4.7", "delivery time expired"),
          policy("6.7", "international address not supported"),
          hard("7.17", "mailbox has a new owner"));
  private static final Map<String, Bounce> BY_SUBJECT =
      Map.of(
          "1", new Bounce(Kind.SOFT, "address trouble"),
          "2", new Bounce(Kind.SOFT, "mailbox trouble"),
          "3", new Bounce(Kind.SOFT, "mail system trouble"),
          "4", new Bounce(Kind.SOFT, "network trouble"),
          "6", new Bounce(Kind.POLICY, "content refused"),
          "7", new Bounce(Kind.POLICY, "refused by policy"));
  private static final Pattern FULL =
      Pattern.compile("(?i)\\b(full|quota|insufficient (system )?storage|over ?limit)\\b");
  private static final Pattern OBJECTION =
      Pattern.compile(
          "(?i)spam|block|black ?list|policy|reputation|denied|not allowed|relay|prohibit|rate\\b"
              + "|authenticat|dmarc|spf\\b|dkim|virus|content|ip address|\\brbl\\b|dnsbl");
  private static final Pattern NO_MAILBOX =
      Pattern.compile(
          "(?i)(unknown|no such|invalid|non-?exist\\w*|inactive|disabled) "
              + "(user|mailbox|recipient|address|account)"
              + "|(user|mailbox|recipient|address|account)\\b.{0,60}?\\b(unknown|invalid|inactive|disabled|unavailable|not"
              + " (be )?found|not exist|no longer|does ?n[o']t exist)|no mailbox");

  /** A refusal of the sender or of the login is never held against the recipient. */
  public static Bounce of(Outcome.Rejected rejected) {
    return switch (rejected.stage()) {
      case CONNECT, AUTH, MAIL -> new Bounce(Kind.POLICY, "sender refused");
      case RCPT -> of(rejected.reply());
      case DATA, CONTENT -> ofContent(rejected.reply());
    };
  }

  // A bare 550 to the whole message speaks of its content unless it names the mailbox.
  private static Bounce ofContent(Reply reply) {
    var bounce = of(reply);
    return bounce.suppresses()
            && reply.enhanced().isEmpty()
            && !NO_MAILBOX.matcher(reply.text()).find()
        ? new Bounce(Kind.POLICY, "content refused")
        : bounce;
  }

  /** Also for replies quoted in a delivery status report. */
  public static Bounce of(Reply reply) {
    if (reply.code() / 100 == 4 || reply.enhanced().startsWith("4")) {
      return new Bounce(Kind.SOFT, "deferred for too long");
    }
    if (reply.enhanced().startsWith("5.")) {
      return byStatus(reply.enhanced().substring(2), reply);
    }
    return byText(reply);
  }

  public boolean suppresses() {
    return kind == Kind.HARD;
  }

  // Servers use 5.2.1 also for a mailbox that gets too much mail, and x.0 and 5.x for anything.
  private static Bounce byStatus(String detail, Reply reply) {
    var known = BY_DETAIL.get(detail);
    if (known != null && !(detail.equals("2.1") && OBJECTION.matcher(reply.text()).find())) {
      return known;
    }
    var subject = BY_SUBJECT.get(detail.substring(0, detail.indexOf('.')));
    return subject == null ? byText(reply) : subject;
  }

  private static Bounce byText(Reply reply) {
    if (reply.code() == 552 || FULL.matcher(reply.text()).find()) {
      return new Bounce(Kind.SOFT, "mailbox full");
    }
    if (OBJECTION.matcher(reply.text()).find()) {
      return new Bounce(Kind.POLICY, "refused by policy");
    }
    var names = NO_MAILBOX.matcher(reply.text()).find();
    return names || reply.code() == 550 || reply.code() == 551 || reply.code() == 553
        ? new Bounce(Kind.HARD, "no such mailbox")
        : new Bounce(Kind.POLICY, "refused without a reason");
  }

  private static Map.Entry<String, Bounce> hard(String detail, String reason) {
    return Map.entry(detail, new Bounce(Kind.HARD, reason));
  }

  private static Map.Entry<String, Bounce> soft(String detail, String reason) {
    return Map.entry(detail, new Bounce(Kind.SOFT, reason));
  }

  private static Map.Entry<String, Bounce> policy(String detail, String reason) {
    return Map.entry(detail, new Bounce(Kind.POLICY, reason));
  }
}
