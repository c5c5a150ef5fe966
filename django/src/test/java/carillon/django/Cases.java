package carillon.django;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of templates and what they render to. A line is {@code source => expected}, a value for
 * the lines after it ({@code let name = json}), or a heading. Line ends, tabs and hard blanks are
 * written as signs.
 */
final class Cases {

  /** One line of a table. */
  record Case(String source, String expected, Map<String, Object> values) {

    @Override
    public String toString() {
      return source;
    }
  }

  private Cases() {}

  static List<Case> read(String file) {
    var values = new HashMap<String, Object>();
    var cases = new ArrayList<Case>();
    for (var line : text(file).split("\n")) {
      if (line.startsWith("let ")) {
        var equals = line.indexOf(" = ");
        values.put(line.substring(4, equals), JsonText.read(plain(line.substring(equals + 3))));
      } else if (!line.isEmpty() && !line.startsWith("# ")) {
        var arrow = line.indexOf(" => ");
        var expected = plain(line.substring(arrow + 4));
        cases.add(new Case(plain(line.substring(0, arrow)), expected, new HashMap<>(values)));
      }
    }
    return cases;
  }

  private static String plain(String signs) {
    return signs.replace('⏎', '\n').replace('⇥', '\t').replace('⍽', '\u00a0');
  }

  private static String text(String file) {
    try (var in = Cases.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
