package carillon.mail;

import java.util.List;
import java.util.regex.Pattern;

/** Writes header fields, folded so that lines stay within 76 where their words allow it. */
final class HeaderWriter {
  static final int WIDEST = 76;
  private static final Pattern ATOMS = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+");
  private final ByteBuilder out;
  private int lineStart;
  private int nameEnd;

  HeaderWriter(ByteBuilder out) {
    this.out = out;
  }

  /** Free text such as a subject. */
  void text(String name, String value) {
    begin(name);
    if (mustEncode(value)) {
      EncodedWords.write(this, value);
    } else {
      words(value);
    }
    out.line();
  }

  /** A value with a grammar of its own: encoded only when it is not ASCII. */
  void value(String name, String value) {
    begin(name);
    if (Address.isAscii(value)) {
      words(value);
    } else {
      EncodedWords.write(this, value);
    }
    out.line();
  }

  void mailboxes(String name, List<Mailbox> mailboxes) {
    if (!mailboxes.isEmpty()) {
      begin(name);
      for (int i = 0; i < mailboxes.size(); i++) {
        mailbox(mailboxes.get(i), i + 1 < mailboxes.size() ? "," : "");
      }
      out.line();
    }
  }

  /** A space and the word, on a new line when it would not fit this one. */
  void word(String word) {
    if (room() < word.length()) {
      fold();
    }
    out.put(' ').put(word);
  }

  /** Width left for a word on this line. */
  int room() {
    return WIDEST - (out.size() - lineStart) - 1;
  }

  // Not directly after the name: some readers take an empty first line for an empty value.
  void fold() {
    if (out.size() > nameEnd) {
      out.line();
      lineStart = out.size();
    }
  }

  private void begin(String name) {
    lineStart = out.size();
    out.put(name).put(':');
    nameEnd = out.size();
  }

  // Of several spaces all but the last stay with the word before, so unfolding restores them.
  private void words(String value) {
    int start = 0;
    for (int space = value.indexOf(' '); space >= 0; space = value.indexOf(' ', space + 1)) {
      boolean last = space + 1 < value.length() && value.charAt(space + 1) != ' ';
      if (last) {
        word(value.substring(start, space));
        start = space + 1;
      }
    }
    if (start < value.length()) {
      var word = value.substring(start);
      word(word.endsWith(" ") ? word.substring(0, word.length() - 1) : word);
    }
  }

  private void mailbox(Mailbox mailbox, String separator) {
    var name = mailbox.name();
    if (mustEncode(name)) {
      EncodedWords.write(this, name);
    } else {
      words(name.isEmpty() || ATOMS.matcher(name).matches() ? name : quoted(name));
    }
    word((name.isEmpty() ? mailbox.address() : "<" + mailbox.address() + ">") + separator);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static boolean mustEncode(String text) {
    return !Address.isAscii(text) || text.contains("=?") || hasLongWord(text);
  }

  private static boolean hasLongWord(String text) {
    int start = 0;
    while (text.length() - start > Header.LONGEST_WORD) {
      int space = text.indexOf(' ', start);
      if (space < 0 || space - start > Header.LONGEST_WORD) {
        return true;
      }
      start = space + 1;
    }
    return false;
  }
}
