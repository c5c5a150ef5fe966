package carillon.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words of a command: those that stand by themselves, and options with their values.
 *
 * @param plain in order
 * @param options by name, such as {@code --list}; the values of a flag are empty texts
 */
record Words(List<String> plain, Map<String, List<String>> options) {

  /** A word that does not belong there. */
  static final class Unknown extends Exception {
    private static final long serialVersionUID = 1;

    Unknown(String word) {
      super("'" + word + "' is no option here, or lacks its value.");
    }
  }

  static Words of(List<String> args, Set<String> options, Set<String> flags) throws Unknown {
    var plain = new ArrayList<String>();
    var found = new HashMap<String, List<String>>();
    for (var rest = args.listIterator(); rest.hasNext(); ) {
      var word = rest.next();
      if (!word.startsWith("--")) {
        plain.add(word);
      } else if (flags.contains(word)) {
        found.put(word, List.of(""));
      } else if (options.contains(word)
          && rest.hasNext()
          && !args.get(rest.nextIndex()).startsWith("--")) {
        found.computeIfAbsent(word, _ -> new ArrayList<>()).add(rest.next());
      } else {
        throw new Unknown(word);
      }
    }
    return new Words(List.copyOf(plain), found);
  }

  List<String> all(String option) {
    return options.getOrDefault(option, List.of());
  }

  Optional<String> one(String option) {
    return all(option).stream().findFirst();
  }

  boolean has(String flag) {
    return options.containsKey(flag);
  }
}
