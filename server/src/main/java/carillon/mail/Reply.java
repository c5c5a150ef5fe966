package carillon.mail;

import java.util.regex.Pattern;

/**
 * What a mail server answered: the three-digit code (0 when there was no answer and the text says
 * why), the enhanced status such as {@code 5.1.1} (empty when not given) and the text on one line.
 */
public record Reply(int code, String enhanced, String text) {
  private static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");

  public Reply {
    enhanced = STATUS.matcher(enhanced).matches() ? enhanced : "";
    text = OneLine.of(text);
  }

  static Reply none(String reason) {
    return new Reply(0, "", reason);
  }

  boolean positive() {
    return code / 100 == 2;
  }

  @Override
  public String toString() {
    return (code == 0 ? "" : code + " ") + (enhanced.isEmpty() ? "" : enhanced + " ") + text;
  }
}
