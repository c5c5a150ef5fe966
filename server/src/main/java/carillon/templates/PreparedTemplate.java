package carillon.templates;

import carillon.django.Language;
import carillon.django.RenderOptions;
import carillon.django.TemplateException;
import carillon.mail.HtmlText;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A template that is parsed already: immutable, rendered once for every recipient. */
public final class PreparedTemplate {

  private final carillon.django.Template html;
  private final Optional<carillon.django.Template> text;
  private final Optional<carillon.django.Template> amp;

  PreparedTemplate(Template template, Language language) {
    this.html = parse("html", template.html(), language);
    this.text = template.content().text().map(source -> parse("text", source, language));
    this.amp = template.content().amp().map(source -> parse("amp", source, language));
  }

  private static carillon.django.Template parse(String part, String source, Language language) {
    try {
      return carillon.django.Template.parse(source, language);
    } catch (TemplateException e) {
      throw new UnrenderableTemplate(part, e);
    }
  }

  /** Whether one of the tags stands in the html, such as {@code unsubscribe}. */
  public boolean usesAny(String... tags) {
    return Stream.of(tags).anyMatch(html::uses);
  }

  /**
   * Fills the variables in.
   *
   * @param options as for html; those for the text are derived
   * @throws UnrenderableTemplate when a part exceeds a limit
   */
  public RenderedTemplate render(Map<String, ?> values, RenderOptions options) {
    var filled = render("html", html, values, options);
    return new RenderedTemplate(
        filled,
        text.map(part -> render("text", part, values, Renderer.plain(options)))
            .orElseGet(() -> HtmlText.of(filled)),
        amp.map(part -> render("amp", part, values, options)));
  }

  private static String render(
      String part, carillon.django.Template template, Map<String, ?> values, RenderOptions how) {
    try {
      return template.render(values, how);
    } catch (TemplateException e) {
      throw new UnrenderableTemplate(part, e);
    }
  }
}
