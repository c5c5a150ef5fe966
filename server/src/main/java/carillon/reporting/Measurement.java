package carillon.reporting;

import java.util.Arrays;
import java.util.Locale;

/** What is counted of events. */
enum Measurement {
  COUNT,
  SUM_VALUE,
  /** People, in each step of time anew: what it says of several steps is no sum. */
  UNIQUE;

  /** As the API spells it, and the name of its column. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String[] words() {
    return Arrays.stream(values()).map(Measurement::word).toArray(String[]::new);
  }

  static Measurement of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
