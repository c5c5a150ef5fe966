package carillon.templates;

import carillon.django.Language;
import carillon.django.RenderOptions;
import carillon.django.TemplateException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/** Parses what users wrote, once, and keeps it as long as it is in use. */
public final class Renderer {

  /** Characters of sources whose parsed form is kept. */
  private static final long KEPT = 32_000_000;

  /** What a parsed source takes at least, counted in characters. */
  private static final int LEAST = 500;

  private final Language language;
  private final Clock clock;
  private final Cache<Key, PreparedTemplate> templates;
  private final Cache<String, carillon.django.Template> lines;

  private record Key(String account, String id, Instant updated, int weight) {}

  public Renderer(Language language, Clock clock) {
    this.language = language;
    this.clock = clock;
    this.templates =
        Caffeine.newBuilder()
            .maximumWeight(KEPT)
            .weigher((Key key, PreparedTemplate _) -> key.weight())
            .build();
    this.lines =
        Caffeine.newBuilder()
            .maximumWeight(KEPT / 10)
            .weigher((String line, carillon.django.Template _) -> LEAST + line.length())
            .build();
  }

  /**
   * The template, parsed.
   *
   * @throws UnrenderableTemplate naming line and column when it is no template of the language
   */
  public PreparedTemplate prepare(String account, Template template) {
    var key = new Key(account, template.id(), template.updatedAt(), weight(template));
    return templates.get(key, _ -> new PreparedTemplate(template, language));
  }

  /**
   * A short text such as a subject, without escaping.
   *
   * @param part what it is, for the message of a failure
   * @throws UnrenderableTemplate when it cannot be parsed or rendered
   */
  public String line(String part, String source, Map<String, ?> values, RenderOptions options) {
    try {
      return lines
          .get(source, text -> carillon.django.Template.parse(text, language))
          .render(values, plain(options));
    } catch (TemplateException e) {
      throw new UnrenderableTemplate(part, e);
    }
  }

  /** How to render for readers in a zone. */
  public RenderOptions options(ZoneId zone) {
    return RenderOptions.html(clock).withZone(zone);
  }

  /** The same options for a part that is not HTML. */
  static RenderOptions plain(RenderOptions options) {
    return new RenderOptions(
        false,
        options.clock(),
        options.zone(),
        options.limits(),
        options.seed(),
        options.services());
  }

  private static int weight(Template template) {
    var content = template.content();
    return LEAST
        + content.html().length()
        + content.text().map(String::length).orElse(0)
        + content.amp().map(String::length).orElse(0)
        + content.definition().map(_ -> 50_000).orElse(0);
  }
}
