package carillon.templates;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A template of a message, as its author wrote it.
 *
 * @param copyOf the template this is a snapshot of; empty for those of the library
 */
public record Template(
    String id,
    String name,
    EditorType editor,
    Content content,
    Optional<String> copyOf,
    Instant createdAt,
    Instant updatedAt) {

  /**
   * What it is made of.
   *
   * @param html empty when there is a definition, from which it is made
   */
  public record Content(
      String html, Optional<String> text, Optional<String> amp, Optional<ObjectNode> definition) {}

  /** The source of the HTML part, still with its variables. */
  public String html() {
    return content.definition().map(DefinitionHtml::of).orElse(content.html());
  }

  Template named(String other) {
    return new Template(id, other, editor, content, copyOf, createdAt, updatedAt);
  }

  Template with(Content other) {
    return new Template(id, name, editor, other, copyOf, createdAt, updatedAt);
  }

  Template at(Instant moment) {
    return new Template(id, name, editor, content, copyOf, createdAt, moment);
  }
}
