package carillon.platform.agents;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs of mail providers that fetch images for readers whom they hide. */
public enum MailProxy {
  /** Fetches every image soon after delivery, read or not. */
  APPLE_PRIVACY("Apple Mail Privacy Protection", "Apple Mail", true, "Mozilla/5\\.0"),
  /** Fetches while the reader has Gmail open, before the mail is. */
  GMAIL_PREFETCH("Gmail prefetch", "Gmail", true, ".*Edge/12\\.246 Mozilla/5\\.0"),
  /** Fetches when the mail is opened for the first time. */
  GMAIL("Gmail image proxy", "Gmail", false, ".*GoogleImageProxy.*"),
  /** Fetches when the mail is opened. */
  YAHOO("Yahoo Mail proxy", "Yahoo Mail", false, ".*YahooMailProxy.*");

  private final String label;
  private final String clientName;
  private final boolean ahead;
  private final Pattern pattern;

  MailProxy(String label, String clientName, boolean ahead, String pattern) {
    this.label = label;
    this.clientName = clientName;
    this.ahead = ahead;
    this.pattern = Pattern.compile(pattern);
  }

  /** As it is shown and stored in events. */
  public String label() {
    return label;
  }

  static Optional<MailProxy> of(String userAgent) {
    return Stream.of(values()).filter(one -> one.pattern.matcher(userAgent).matches()).findFirst();
  }

  Agent agent() {
    return new Agent(clientName, "Unknown", Agent.Type.UNKNOWN, ahead, Optional.of(this));
  }
}
