package carillon.templates;

import java.util.Optional;

/**
 * A template with its variables filled in.
 *
 * @param text made from the html when the template has none of its own
 */
public record RenderedTemplate(String html, String text, Optional<String> amp) {}
