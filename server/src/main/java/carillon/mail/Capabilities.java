package carillon.mail;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a server offers in its answer to EHLO; a size of 0 means it names no limit. */
record Capabilities(Set<String> keywords, Set<String> logins, boolean hasSize, long largest) {
  static final Capabilities NONE = new Capabilities(Set.of(), Set.of(), false, 0);

  static Capabilities of(List<String> lines) {
    var words = lines.stream().skip(1).map(Capabilities::words).toList();
    var keywords = words.stream().map(List::getFirst).collect(Collectors.toUnmodifiableSet());
    return new Capabilities(
        keywords,
        words.stream()
            .filter(line -> line.getFirst().equals("AUTH"))
            .flatMap(line -> line.stream().skip(1))
            .collect(Collectors.toUnmodifiableSet()),
        keywords.contains("SIZE"),
        words.stream()
            .filter(line -> line.getFirst().equals("SIZE") && line.size() > 1)
            .mapToLong(line -> number(line.get(1)))
            .findFirst()
            .orElse(0));
  }

  boolean startTls() {
    return keywords.contains("STARTTLS");
  }

  boolean pipelining() {
    return keywords.contains("PIPELINING");
  }

  boolean smtpUtf8() {
    return keywords.contains("SMTPUTF8");
  }

  boolean takes(long size) {
    return largest == 0 || size <= largest;
  }

  // Some old servers write AUTH=LOGIN PLAIN.
  private static List<String> words(String line) {
    return Arrays.asList(
        line.strip().toUpperCase(Locale.ROOT).replace("AUTH=", "AUTH ").split(" +"));
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
