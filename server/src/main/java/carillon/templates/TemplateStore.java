package carillon.templates;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Queries;
import carillon.platform.db.Row;
import carillon.platform.db.Statement;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Templates in the database: those of the library, and snapshots that belong to messages. */
final class TemplateStore {

  static final int MOST = 1000;

  private static final String TEMPLATES =
      """
      select t.id, t.name, t.editor_type, t.html, t.text, t.amp, t.definition, t.copy_of,
        t.created_at, t.updated_at
      from template t where t.account_id = :account\
      """;

  private final Database db;
  private final Clock clock;
  private final Ids ids;
  private final TemplateUse use;

  TemplateStore(Database db, Clock clock, Ids ids, TemplateUse use) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
    this.use = use;
  }

  Slice<Template> library(String account, Select select) {
    return new Paged<>(
            TEMPLATES + " and t.copy_of is null", "t.id", "text", TemplateStore::template)
        .bind("account", account)
        .page(db, select);
  }

  Template get(String account, String id) {
    return get(db, account, id, "");
  }

  List<Template> all(String account, Collection<String> wanted) {
    return db.sql(TEMPLATES + " and t.id = any(:ids)")
        .bind("account", account)
        .array("ids", "text", wanted)
        .list(TemplateStore::template);
  }

  Template create(String account, String name, EditorType editor, Template.Content content) {
    return db.transaction(tx -> {
      refuseMore(tx, account);
      return insert(tx, account, draft(name, editor, content, Optional.empty()));
    });
  }

  Template clone(String account, String id, Optional<String> name) {
    return db.transaction(tx -> {
      refuseMore(tx, account);
      var source = get(tx, account, id, "");
      var called = name.orElseGet(() -> TemplateName.shortened("Clone of " + source.name()));
      return insert(
          tx, account, draft(called, source.editor(), source.content(), Optional.empty()));
    });
  }

  Template snapshot(Tx tx, String account, String id) {
    var source = get(tx, account, id, "");
    return insert(
        tx, account, draft("Clone of " + id, source.editor(), source.content(), Optional.of(id)));
  }

  Template update(String account, String id, UnaryOperator<Template> change) {
    return db.transaction(tx -> {
      var before = get(tx, account, id, " and t.copy_of is null for update");
      var after = change.apply(before).at(now());
      bound(
              tx.sql(
                  """
                  update template set name = :name, html = :html, text = :text, amp = :amp,
                    definition = :definition, updated_at = :updated
                  where account_id = :account and id = :id
                  """),
              account,
              after)
          .run();
      return after;
    });
  }

  void delete(String account, String id) {
    db.transact(tx -> {
      get(tx, account, id, " for update");
      var holders = use.holders(tx, account, id);
      if (!holders.isEmpty()) {
        throw ApiError.conflict(
            "Cannot delete template %s while it is attached to\n%s"
                .formatted(id, String.join("\n", holders)));
      }
      tx.sql("delete from template where account_id = :account and id = :id")
          .bind("account", account)
          .bind("id", id)
          .run();
    });
  }

  void deleteSnapshot(Tx tx, String account, String id) {
    tx.sql(
            """
            delete from template
            where account_id = :account and id = :id and copy_of is not null
            """)
        .bind("account", account)
        .bind("id", id)
        .run();
  }

  private static Template get(Queries queries, String account, String id, String more) {
    return queries
        .sql(TEMPLATES + " and t.id = :id" + more)
        .bind("account", account)
        .bind("id", id)
        .first(TemplateStore::template)
        .orElseThrow(() -> ApiError.missing("A", "template", id));
  }

  private Template draft(
      String name, EditorType editor, Template.Content content, Optional<String> copyOf) {
    var now = now();
    return new Template("", name, editor, content, copyOf, now, now);
  }

  private Template insert(Tx tx, String account, Template draft) {
    while (true) {
      var template =
          new Template(
              ids.shortId(),
              draft.name(),
              draft.editor(),
              draft.content(),
              draft.copyOf(),
              draft.createdAt(),
              draft.updatedAt());
      var inserted =
          bound(
                  tx.sql(
                      """
                      insert into template (account_id, id, name, editor_type, html, text, amp,
                        definition, copy_of, created_at, updated_at)
                      values (:account, :id, :name, :editor, :html, :text, :amp,
                        :definition, :copyOf, :created, :updated)
                      on conflict do nothing
                      """),
                  account,
                  template)
              .bind("editor", template.editor().name())
              .bind("copyOf", template.copyOf())
              .bind("created", template.createdAt())
              .run();
      if (inserted == 1) {
        return template;
      }
    }
  }

  private static Statement bound(Statement statement, String account, Template template) {
    return statement
        .bind("account", account)
        .bind("id", template.id())
        .bind("name", template.name())
        .bind("html", template.content().html())
        .bind("text", template.content().text())
        .bind("amp", template.content().amp())
        .bind("definition", template.content().definition())
        .bind("updated", template.updatedAt());
  }

  /** Those who add to a library take turns, so that the count is sure. */
  private static void refuseMore(Tx tx, String account) {
    tx.sql("select id from account where id = :account for no key update")
        .bind("account", account)
        .one(row -> row.text("id"));
    var there =
        tx.sql(
                """
                select count(*) as n from template
                where account_id = :account and copy_of is null
                """)
            .bind("account", account)
            .one(row -> row.number("n"));
    if (there >= MOST) {
      throw ApiError.of(Fault.Code.INVALID, "An account can have at most " + MOST + " templates.");
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static Template template(Row row) {
    return new Template(
        row.text("id"),
        row.text("name"),
        EditorType.valueOf(row.text("editor_type")),
        new Template.Content(
            row.text("html"),
            row.maybeText("text"),
            row.maybeText("amp"),
            row.maybeJson("definition").map(ObjectNode.class::cast)),
        row.maybeText("copy_of"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }
}
