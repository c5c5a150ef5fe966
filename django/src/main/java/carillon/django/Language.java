package carillon.django;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The tags and filters a template may use; immutable, extended by copying. */
public final class Language {

  private static final Set<String> LEFT_OUT =
      Set.of("include", "extends", "block", "url", "lorem", "csrf_token", "debug", "static");

  private static final Language DJANGO = new Language(DjangoTags.all(), DjangoFilters.all());
  private static final Language MARKETING =
      new Language(
          joined(DJANGO.tags, MarketingTags.all()), joined(DJANGO.filters, MarketingFilters.all()));

  private final Map<String, TagReader> tags;
  private final Map<String, Filter> filters;

  private Language(Map<String, TagReader> tags, Map<String, Filter> filters) {
    this.tags = Map.copyOf(tags);
    this.filters = Map.copyOf(filters);
  }

  /** Django's own tags and filters, without those that need files, urls or a Python runtime. */
  public static Language django() {
    return DJANGO;
  }

  /** Django's and those for messages that need no store: links, dates of today, arithmetic. */
  public static Language marketing() {
    return MARKETING;
  }

  /** Adds a filter with an optional argument; its result is escaped unless it is safe text. */
  public Language withFilter(String name, FilterFunction function) {
    var filter = new Filter(Arity.OPTIONAL, false, function);
    return new Language(tags, joined(filters, Map.of(name, filter)));
  }

  /** Adds a tag that prints something; with {@code as name} it is bound instead. */
  public Language withTag(String name, SimpleTag tag) {
    return new Language(joined(tags, Map.of(name, CustomTags.simple(tag))), filters);
  }

  /** Adds a tag with a body, which ends at {@code end} and the name. */
  public Language withBlockTag(String name, BlockTag tag) {
    return new Language(joined(tags, Map.of(name, CustomTags.block(tag))), filters);
  }

  Optional<TagReader> tag(String name) {
    return Optional.ofNullable(tags.get(name));
  }

  Optional<Filter> filter(String name) {
    return Optional.ofNullable(filters.get(name));
  }

  boolean isAboutEscaping(Filter filter) {
    return filter == filters.get("escape") || filter == filters.get("safe");
  }

  /** Why a tag cannot stand where it stands. */
  String refusal(String name, Set<String> expected) {
    if (LEFT_OUT.contains(name)) {
      return "tag '" + name + "' is not available in messages";
    }
    var problem = "unknown tag '" + ExpressionReader.brief(name) + "'";
    return expected.isEmpty()
        ? problem
        : problem + ", expected " + Parser.either(new TreeSet<>(expected).toArray(String[]::new));
  }

  static <V> Map<String, V> joined(Map<String, V> some, Map<String, V> more) {
    var all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }
}
