package carillon.templates;

import static carillon.jsonapi.Op.ANY;
import static carillon.jsonapi.Op.CONTAINS;
import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.Op.GREATER_OR_EQUAL;
import static carillon.jsonapi.Op.GREATER_THAN;
import static carillon.jsonapi.Op.LESS_OR_EQUAL;
import static carillon.jsonapi.Op.LESS_THAN;
import static carillon.jsonapi.RateLimit.L;
import static carillon.jsonapi.RateLimit.S;
import static carillon.templates.ContentRules.AMP;
import static carillon.templates.ContentRules.DEFINITION;
import static carillon.templates.ContentRules.HTML;
import static carillon.templates.ContentRules.TEXT;
import static carillon.templates.Templates.NAME;

import carillon.accounts.Accounts;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Body;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Field;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Sortable;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The operations on templates. */
public final class TemplatesApi {

  private static final Field<String> EDITOR =
      Schema.text()
          .checked(word ->
              EditorType.of(word).isPresent()
                  ? Optional.empty()
                  : Optional.of("'" + word + "' is not a valid choice for 'editor_type'."))
          .as("editor_type");

  private static final Field<ObjectNode> CONTEXT = Schema.free().as("context").required();

  private static final ResourceType<Template> WITH_DEFINITION = withDefinition();

  private static final Sortable SORT_CREATED = Sortable.moment("created", "t.created_at");
  private static final Sortable SORT_UPDATED = Sortable.moment("updated", "t.updated_at");

  private final TemplateStore store;
  private final Renderer renderer;
  private final Accounts accounts;

  public TemplatesApi(Templates templates, Renderer renderer, Accounts accounts) {
    this.store = templates.store();
    this.renderer = renderer;
    this.accounts = accounts;
  }

  private static ResourceType<Template> withDefinition() {
    var attributes = new ArrayList<>(Templates.TYPE.attributes());
    attributes.add(
        Attribute.<Template>of(DEFINITION, template -> template.content().definition())
            .onlyWhenAsked());
    return ResourceType.of("template", "templates", Template::id, attributes);
  }

  public Stream<Operation> operations() {
    return Stream.of(list(), create(), get(), update(), delete(), render(), copy());
  }

  private Operation list() {
    return reading(WITH_DEFINITION.list("get_templates", "/api/templates", "List the templates"))
        .additional("template", "definition")
        .filter(
            Filterable.text("id", "t.id").list(ANY, EQUALS),
            Filterable.text("name", "t.name", CONTAINS, EQUALS).list(ANY, EQUALS),
            moment("created", "t.created_at"),
            moment("updated", "t.updated_at"))
        .sort(
            SORT_CREATED,
            Sortable.text("id", "t.id"),
            Sortable.text("name", "t.name"),
            SORT_UPDATED)
        .page(10, 10)
        .to(request -> Reply.rows(store.library(request.account(), request.select())));
  }

  private static Filterable moment(String name, String column) {
    return Filterable.moment(
        name, column, EQUALS, GREATER_OR_EQUAL, GREATER_THAN, LESS_OR_EQUAL, LESS_THAN);
  }

  private Operation create() {
    return writing(WITH_DEFINITION.create("create_template", "/api/templates", "Create a template"))
        .additional("template", "definition")
        .body(
            Body.of("template")
                .attributes(NAME.required(), EDITOR.required(), HTML, DEFINITION, TEXT, AMP))
        .to(request -> {
          var editor = EditorType.valueOf(request.get(EDITOR));
          var content = ContentRules.created(editor, request.attributes());
          return Reply.row(store.create(request.account(), request.get(NAME), editor, content));
        });
  }

  private Operation get() {
    return reading(WITH_DEFINITION.get("get_template", "/api/templates/{id}", "Get a template"))
        .additional("template", "definition")
        .to(request -> Reply.row(store.get(request.account(), request.id())));
  }

  private Operation update() {
    return writing(
            WITH_DEFINITION.update(
                "update_template", "/api/templates/{id}", "Change a template of the library"))
        .additional("template", "definition")
        .body(Body.of("template").id().attributes(NAME.nullable(), HTML, DEFINITION, TEXT, AMP))
        .to(request ->
            Reply.row(
                store.update(
                    request.account(),
                    request.id(),
                    before ->
                        before
                            .named(request.find(NAME).orElse(before.name()))
                            .with(ContentRules.changed(before, request.attributes())))));
  }

  private Operation delete() {
    return writing(
            WITH_DEFINITION.delete("delete_template", "/api/templates/{id}", "Delete a template"))
        .to(request -> {
          store.delete(request.account(), request.id());
          return Reply.nothing();
        });
  }

  private Operation copy() {
    return writing(
            Templates.TYPE.create(
                "clone_template", "/api/template-clone", "Copy a template into the library"))
        .aliases("create_template_clone")
        .body(Body.of("template").id().attributes(NAME.nullable()))
        .to(request ->
            Reply.row(
                store.clone(
                    request.account(), request.bodyId().orElseThrow(), request.find(NAME))));
  }

  private Operation render() {
    return reading(
            Templates.TYPE.create(
                "render_template", "/api/template-render", "Render a template with a context"))
        .aliases("create_template_render")
        .limit(S)
        .body(Body.of("template").id().attributes(CONTEXT))
        .to(this::rendered);
  }

  private Reply rendered(Request request) {
    var account = accounts.get(request.account());
    var template = store.get(account.id(), request.bodyId().orElseThrow());
    var values = MailContext.preview(account).add(request.get(CONTEXT)).values();
    try {
      var result =
          renderer
              .prepare(account.id(), template)
              .render(values, renderer.options(account.timezone()));
      return Reply.row(
          template.with(
              new Template.Content(
                  result.html(), Optional.of(result.text()), result.amp(), Optional.empty())));
    } catch (UnrenderableTemplate e) {
      throw ApiError.of(Fault.Code.INVALID, e.getMessage());
    }
  }

  private static OperationBuilder reading(OperationBuilder operation) {
    return operation.group("Templates").scopes("templates:read").limit(L);
  }

  private static OperationBuilder writing(OperationBuilder operation) {
    return operation.group("Templates").scopes("templates:write").limit(L);
  }
}
