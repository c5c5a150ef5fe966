package carillon.django;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a source into text, variables and tags. Braces belong together only within one line; what
 * does not close is text. Each search goes forward only, so the time is linear in the source.
 */
final class Lexer {

  private static final int NOT_SEARCHED = -1;

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int textStart;
  private int newline = NOT_SEARCHED;
  private final int[] closings = {NOT_SEARCHED, NOT_SEARCHED, NOT_SEARCHED};
  private String verbatimEnd = "";

  private Lexer(Source source) {
    this.text = source.text();
  }

  static List<Token> tokens(Source source) {
    return new Lexer(source).run();
  }

  private List<Token> run() {
    var at = text.indexOf('{');
    while (at >= 0 && at + 1 < text.length()) {
      var end = end(at);
      if (end > 0 && accept(at, end)) {
        textStart = end;
      }
      at = text.indexOf('{', end > 0 ? end : at + 1);
    }
    textUpTo(text.length());
    return tokens;
  }

  private int end(int at) {
    return switch (text.charAt(at + 1)) {
      case '%' -> closing(at, 0, "%}");
      case '{' -> closing(at, 1, "}}");
      case '#' -> closing(at, 2, "#}");
      default -> NOT_SEARCHED;
    };
  }

  private int closing(int at, int which, String braces) {
    var from = at + 2;
    if (closings[which] < from) {
      var found = text.indexOf(braces, from);
      closings[which] = found < 0 ? Integer.MAX_VALUE : found;
    }
    if (newline < from) {
      var found = text.indexOf('\n', from);
      newline = found < 0 ? Integer.MAX_VALUE : found;
    }
    return closings[which] < newline ? closings[which] + 2 : NOT_SEARCHED;
  }

  private boolean accept(int at, int end) {
    var kind = text.charAt(at + 1);
    var inner = text.substring(at + 2, end - 2);
    var content = inner.strip();
    if (!verbatimEnd.isEmpty()) {
      if (kind != '%' || !content.equals(verbatimEnd)) {
        return false;
      }
      verbatimEnd = "";
    } else if (kind == '%' && (content.equals("verbatim") || content.startsWith("verbatim "))) {
      verbatimEnd = "end" + content;
    }
    textUpTo(at);
    var offset = at + 2 + inner.length() - inner.stripLeading().length();
    if (kind != '#') {
      var type = kind == '%' ? Token.Kind.TAG : Token.Kind.VARIABLE;
      tokens.add(new Token(type, content, offset, at));
    }
    return true;
  }

  private void textUpTo(int end) {
    if (end > textStart) {
      var piece = text.substring(textStart, end);
      tokens.add(new Token(Token.Kind.TEXT, piece, textStart, textStart));
    }
  }
}
