package carillon.mail;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An additional header such as {@code List-Unsubscribe}. The value is printed as it stands, folded
 * at its spaces. Fails with {@link IllegalArgumentException} on control characters, on words too
 * long for a line, and on names the writer prints itself.
 */
public record Header(String name, String value) {
  static final int LONGEST_WORD = 900;
  private static final Pattern NAME = Pattern.compile("[!-9;-~]{1,70}");
  private static final Set<String> RESERVED =
      Set.of(
          "bcc",
          "cc",
          "date",
          "dkim-signature",
          "from",
          "message-id",
          "mime-version",
          "reply-to",
          "return-path",
          "subject",
          "to");

  public Header {
    if (!NAME.matcher(name).matches() || reserved(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("not a free header name: " + OneLine.of(name));
    }
    if (!OneLine.is(value)) {
      throw new IllegalArgumentException("control character in the value of " + name);
    }
    value = value.strip();
    if (value.length() > LONGEST_WORD && hasLongWord(value)) {
      throw new IllegalArgumentException("a word too long for a line in the value of " + name);
    }
  }

  private static boolean hasLongWord(String value) {
    return Arrays.stream(value.split(" ")).anyMatch(word -> word.length() > LONGEST_WORD);
  }

  private static boolean reserved(String name) {
    return RESERVED.contains(name) || name.startsWith("content-");
  }
}
