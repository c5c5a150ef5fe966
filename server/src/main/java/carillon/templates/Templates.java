package carillon.templates;

import static java.util.stream.Collectors.toMap;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Field;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The templates of messages, for the features that send them. */
public final class Templates {

  static final Field<String> NAME = Schema.text().length(1, TemplateName.LONGEST).as("name");

  /** A template as it appears beside other resources, without its definition. */
  public static final ResourceType<Template> TYPE =
      ResourceType.of(
          "template",
          "templates",
          Template::id,
          List.of(
              Attribute.of(NAME.required(), Template::name),
              Attribute.of(
                  Schema.text().as("editor_type").required(), template -> template.editor().name()),
              Attribute.of(Schema.text().as("html").required(), Template::html),
              Attribute.of(
                  Schema.text().as("text").nullable(), template -> template.content().text()),
              Attribute.of(
                  Schema.text().as("amp").nullable(), template -> template.content().amp()),
              Attribute.of(Schema.moment().as("created").nullable(), Template::createdAt),
              Attribute.of(Schema.moment().as("updated").nullable(), Template::updatedAt)));

  private final TemplateStore store;

  /** {@code use} tells what would miss a template that is to be deleted. */
  public Templates(Database db, Clock clock, Ids ids, TemplateUse use) {
    this.store = new TemplateStore(db, clock, ids, use);
  }

  TemplateStore store() {
    return store;
  }

  /** A template of the library or a snapshot; 404 when there is none. */
  public Template get(String account, String id) {
    return store.get(account, id);
  }

  /** Those that are there, by id. */
  public Map<String, Template> byId(String account, Collection<String> ids) {
    return store.all(account, ids).stream().collect(toMap(Template::id, template -> template));
  }

  /** A snapshot for a message, which later changes of the template do not reach; 404 without it. */
  public Template copyFor(Tx tx, String account, String templateId) {
    return store.snapshot(tx, account, templateId);
  }

  /** Forgets a snapshot nobody holds any more. Leaves templates of the library alone. */
  public void deleteCopy(Tx tx, String account, String id) {
    store.deleteSnapshot(tx, account, id);
  }
}
