package carillon.mcp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds tools by words: rare words count more than common ones, names more than descriptions, and
 * tools that answer to more of the words come first.
 */
final class Search {

  private static final int MOST = 20;

  /** Words that say nothing of what is wanted. */
  private static final Set<String> EMPTY =
      Set.of(
          "all", "am", "an", "and", "any", "are", "as", "at", "be", "by", "can", "did", "do",
          "does", "for", "from", "get", "getting", "has", "have", "how", "in", "is", "it", "its",
          "many", "me", "my", "of", "on", "one", "or", "our", "please", "some", "that", "the",
          "their", "them", "there", "these", "they", "this", "those", "to", "us", "want", "was",
          "we", "were", "what", "when", "which", "will", "with", "would", "you");

  /** What people say, and what tools say. */
  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("contact", "profile"),
          Map.entry("customer", "profile"),
          Map.entry("person", "profile"),
          Map.entry("people", "profile"),
          Map.entry("user", "profile"),
          Map.entry("someone", "profile"),
          Map.entry("everyone", "profile"),
          Map.entry("everybody", "profile"),
          Map.entry("who", "profile"),
          Map.entry("member", "profile"),
          Map.entry("product", "item"),
          Map.entry("automation", "flow"),
          Map.entry("newsletter", "campaign"),
          Map.entry("audience", "segment"),
          Map.entry("picture", "image"),
          Map.entry("logo", "image"),
          Map.entry("preview", "render"),
          Map.entry("add", "create"),
          Map.entry("make", "create"),
          Map.entry("new", "create"),
          Map.entry("copy", "clone"),
          Map.entry("duplicate", "clone"),
          Map.entry("remove", "delete"),
          Map.entry("forget", "deletion"),
          Map.entry("erase", "deletion"),
          Map.entry("gdpr", "deletion"),
          Map.entry("stop", "cancel"),
          Map.entry("change", "update"),
          Map.entry("edit", "update"),
          Map.entry("rename", "update"),
          Map.entry("fix", "update"),
          Map.entry("correct", "update"),
          Map.entry("rid", "delete"),
          Map.entry("sent", "send"),
          Map.entry("mailing", "campaign"),
          Map.entry("resubscribe", "subscribe"),
          Map.entry("show", "get"),
          Map.entry("read", "get"),
          Map.entry("find", "get"),
          Map.entry("sale", "aggregate"),
          Map.entry("count", "estimation"),
          Map.entry("reach", "estimation"),
          Map.entry("report", "query"),
          Map.entry("statistic", "query"));

  private final List<Entry> entries;
  private final Map<String, Integer> spread = new HashMap<>();

  private record Entry(
      Tool tool, Set<String> name, Set<String> asked, Set<String> text, Set<String> arguments) {}

  private record Hit(Tool tool, double score) {}

  Search(Collection<Tool> tools) {
    entries = tools.stream().map(Search::entry).toList();
    for (var entry : entries) {
      var words = new LinkedHashSet<>(entry.name());
      words.addAll(entry.asked());
      words.addAll(entry.text());
      words.addAll(entry.arguments());
      words.forEach(word -> spread.merge(word, 1, Integer::sum));
    }
  }

  private static Entry entry(Tool tool) {
    var arguments = new ArrayList<String>();
    tool.parameters().stream()
        .filter(Parameter::isListed)
        .forEach(one -> arguments.add(one.name()));
    return new Entry(
        tool,
        words(tool.name().substring(tool.name().indexOf('_') + 1)),
        words(tool.asked()),
        words(tool.description() + " " + tool.group()),
        words(String.join(" ", arguments)));
  }

  List<Tool> of(String words) {
    var wanted = words(words);
    var hits = new ArrayList<Hit>();
    for (var entry : entries) {
      var scores = wanted.stream().mapToDouble(word -> score(entry, word)).toArray();
      var answered = Arrays.stream(scores).filter(score -> score > 0).count();
      if (answered > 0) {
        var score = Arrays.stream(scores).sum() * answered / wanted.size();
        hits.add(new Hit(entry.tool(), score / Math.sqrt(3 + entry.name().size())));
      }
    }
    return hits.stream()
        .sorted(
            Comparator.comparingDouble(Hit::score)
                .reversed()
                .thenComparing(hit -> hit.tool().name()))
        .limit(MOST)
        .map(Hit::tool)
        .toList();
  }

  private double score(Entry entry, String word) {
    var meant = MEANT.getOrDefault(word, word);
    return Math.max(plain(entry, word), 0.8 * plain(entry, meant));
  }

  private double plain(Entry entry, String word) {
    var weight = Math.log(1.0 + (double) entries.size() / spread.getOrDefault(word, 1));
    if (entry.name().contains(word)) {
      return 5 * weight;
    }
    if (entry.asked().contains(word)) {
      return 4 * weight;
    }
    return entry.text().contains(word) ? 2 * weight : entry.arguments().contains(word) ? weight : 0;
  }

  private static Set<String> words(String text) {
    var words = new LinkedHashSet<String>();
    for (var word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
      if (word.length() > 1 && !EMPTY.contains(word)) {
        words.add(stem(word));
      }
    }
    return words;
  }

  private static String stem(String word) {
    if (word.endsWith("ing") && word.length() > 6) {
      return word.substring(0, word.length() - 3);
    }
    if (word.endsWith("ies") && word.length() > 4) {
      return word.substring(0, word.length() - 3) + "y";
    }
    return word.endsWith("s") && !word.endsWith("ss") && word.length() > 3
        ? word.substring(0, word.length() - 1)
        : word;
  }
}
