package carillon.templates;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Field;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What the content of a template may be, by its editor type. */
final class ContentRules {

  static final int LONGEST_HTML = 1_000_000;
  static final int LONGEST_TEXT = 500_000;

  static final Field<String> HTML = Schema.text().length(0, LONGEST_HTML).as("html").nullable();
  static final Field<String> TEXT = Schema.text().length(0, LONGEST_TEXT).as("text").nullable();
  static final Field<String> AMP = Schema.text().length(0, LONGEST_HTML).as("amp").nullable();
  static final Field<ObjectNode> DEFINITION =
      DefinitionSchema.DEFINITION.as("definition").nullable();

  private static final String AT = "/data/attributes/";

  static Template.Content created(EditorType editor, Values attributes) {
    refuse(faults(editor, attributes, true));
    return new Template.Content(
        attributes.find(HTML).orElse(""),
        attributes.find(TEXT),
        attributes.find(AMP),
        attributes.find(DEFINITION));
  }

  /** Absent keeps, null clears; a definition can only be replaced. */
  static Template.Content changed(Template template, Values attributes) {
    refuse(faults(template.editor(), attributes, false));
    var before = template.content();
    return new Template.Content(
        attributes.has(HTML) ? attributes.find(HTML).orElse("") : before.html(),
        attributes.has(TEXT) ? attributes.find(TEXT) : before.text(),
        attributes.has(AMP) ? attributes.find(AMP) : before.amp(),
        attributes.find(DEFINITION).or(before::definition));
  }

  private static void refuse(List<Fault> faults) {
    if (!faults.isEmpty()) {
      throw new ApiError(faults);
    }
  }

  private static List<Fault> faults(EditorType editor, Values attributes, boolean creating) {
    var faults = new ArrayList<Fault>();
    if (editor != EditorType.SYSTEM_DRAGGABLE) {
      if (attributes.find(DEFINITION).isPresent()) {
        faults.add(
            Fault.at(
                AT + "definition", "'definition' is only for templates of type SYSTEM_DRAGGABLE."));
      }
      return faults;
    }
    if (attributes.find(HTML).isPresent()) {
      faults.add(
          Fault.at(
              AT + "html",
              "'html' is not for templates of type SYSTEM_DRAGGABLE: it is made from"
                  + " 'definition'."));
    }
    if (creating || attributes.find(DEFINITION).isPresent()) {
      definition(attributes.find(DEFINITION)).ifPresent(faults::add);
    }
    return faults;
  }

  private static Optional<Fault> definition(Optional<ObjectNode> definition) {
    if (definition.isEmpty()) {
      return Optional.of(
          Fault.at(
              AT + "definition", "'definition' is a required field for the resource 'template'."));
    }
    if (definition.get().get("body").path("sections").isEmpty()) {
      return Optional.of(Fault.at(AT + "definition", "Template must contain at least one section"));
    }
    return DefinitionHtml.of(definition.get()).length() > LONGEST_HTML
        ? Optional.of(
            Fault.at(
                AT + "definition",
                "The html made from 'definition' must have at most "
                    + LONGEST_HTML
                    + " characters."))
        : Optional.empty();
  }

  private ContentRules() {}
}
