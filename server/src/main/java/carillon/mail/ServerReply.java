package carillon.mail;

import java.util.List;
import java.util.regex.Pattern;

/** A reply as it was read: the code, and the text of each line without it. */
record ServerReply(int code, List<String> lines) {
  private static final Pattern STATUS = Pattern.compile("^([245]\\.\\d{1,3}\\.\\d{1,3})(?: +|$)");
  private static final int LONGEST_TEXT = 1000;

  static ServerReply of(List<String> lines) {
    var texts = lines.stream().map(line -> line.substring(Math.min(4, line.length()))).toList();
    return new ServerReply(Integer.parseInt(lines.getFirst().substring(0, 3)), texts);
  }

  Reply reply() {
    var status = STATUS.matcher(lines.getFirst());
    var texts = lines.stream().map(line -> STATUS.matcher(line).replaceFirst("")).toList();
    var text = String.join(" ", texts);
    return new Reply(
        code,
        status.find() ? status.group(1) : "",
        text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
  }
}
