package carillon.django;

import carillon.django.TemplateLimitExceeded.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The text put out so far, as the pieces it was written in: most of them are constants of the
 * template, and one wide character somewhere must not widen all that came before.
 */
final class Output {

  private final int longest;
  private String[] pieces;
  private int count;
  private int length;

  Output(int longest, int expectedPieces) {
    this.longest = longest;
    this.pieces = new String[expectedPieces];
  }

  void write(String text) {
    if (text.length() > longest - length) {
      throw new TemplateLimitExceeded(Kind.OUTPUT);
    }
    if (count == pieces.length) {
      pieces = Arrays.copyOf(pieces, count * 2);
    }
    pieces[count++] = text;
    length += text.length();
  }

  int mark() {
    return count;
  }

  /** Takes back what was written since a mark. */
  String take(int mark) {
    var text = text(mark);
    count = mark;
    length -= text.length();
    return text;
  }

  String text() {
    return text(0);
  }

  private String text(int from) {
    return String.join("", Arrays.copyOfRange(pieces, from, count));
  }

  List<String> pieces() {
    return List.of(Arrays.copyOf(pieces, count));
  }

  void appendTo(Appendable to) throws IOException {
    for (var i = 0; i < count; i++) {
      to.append(pieces[i]);
    }
  }
}
