package carillon.bounces;

import carillon.mail.Reply;
import java.util.regex.Pattern;

/** Makes a reply of what reports quote of one. */
final class Diagnosis {

  private static final int LONGEST = 500;
  private static final Pattern TYPE = Pattern.compile("^[A-Za-z0-9-]{1,40}\\s*;\\s*");
  private static final Pattern REPLY =
      Pattern.compile(
          "^(?:([245]\\d\\d)(?:[ -]+|$))?(?:#?([245]\\.\\d{1,3}\\.\\d{1,3})(?:[ :-]+|$))?");
  private static final Pattern STATUS = Pattern.compile("^([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

  /**
   * The reply that was quoted.
   *
   * @param diagnostic such as {@code smtp; 550 5.1.1 no such user}; may be empty
   * @param status such as {@code 5.1.1}; may be empty; counts where the reply has none that says
   *     more
   */
  static Reply of(String diagnostic, String status) {
    var text = TYPE.matcher(diagnostic.strip()).replaceFirst("");
    var reply = REPLY.matcher(text);
    reply.lookingAt();
    var told = reply.group(2) == null ? "" : reply.group(2);
    var given = STATUS.matcher(status.strip());
    var enhanced = vague(told) && given.find() ? given.group(1) : told;
    return new Reply(
        reply.group(1) == null ? 0 : Integer.parseInt(reply.group(1)),
        enhanced,
        shortened(text.substring(reply.end())));
  }

  private static boolean vague(String enhanced) {
    return enhanced.isEmpty() || enhanced.endsWith(".0.0");
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST));
  }

  private Diagnosis() {}
}
