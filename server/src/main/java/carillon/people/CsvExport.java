package carillon.people;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Json;
import carillon.lists.Lists;
import carillon.platform.db.Database;
import carillon.profiles.Profile;
import carillon.profiles.Profiles;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes people as CSV, page by page, so that neither memory nor a transaction grows with their
 * number. What {@link CsvImport} reads back is what was written.
 */
final class CsvExport {

  private static final int PAGE = 1_000;

  /** Properties with a column of their own; those beyond stand together in one. */
  private static final int MOST_PROPERTIES = 300;

  private final Database db;
  private final Lists lists;

  CsvExport(Database db, Lists lists) {
    this.db = db;
    this.lists = lists;
  }

  /**
   * What is to be written, with its columns decided.
   *
   * @param list id of the list whose members are meant; empty: all people
   * @param properties custom properties that have a column
   */
  record Plan(String account, Optional<String> list, List<String> properties, boolean more) {}

  /**
   * Looks which properties there are.
   *
   * @param list id or name
   * @throws ApiError 400 when no list is called so
   */
  Plan plan(String account, Optional<String> list) {
    var id = list.map(word -> lists.one(account, word).id());
    var names =
        db.sql(
                """
                select k.name from profile p cross join jsonb_object_keys(p.properties) k (name)
                where %s
                group by 1 order by count(*) desc, 1 limit :most
                """
                    .formatted(people(id)))
            .bind("account", account)
            .bind("list", id)
            .bind("most", MOST_PROPERTIES + 1)
            .list(row -> row.text("name"));
    var more = names.size() > MOST_PROPERTIES;
    return new Plan(account, id, more ? names.subList(0, MOST_PROPERTIES) : names, more);
  }

  private static String people(Optional<String> list) {
    return list.isEmpty()
        ? "p.account_id = :account and cast(:list as text) is null"
        : """
        p.account_id = :account and exists (select from list_member m
          where m.account_id = :account and m.list_id = :list and m.profile_id = p.profile_id)
        """;
  }

  /** Writes everybody, in the order of ids; answers how many. */
  long write(Plan plan, OutputStream out) throws IOException {
    var count = 0L;
    try (var csv = CsvWriter.builder().build(out, StandardCharsets.UTF_8)) {
      csv.writeRecord(header(plan));
      for (var page = page(plan, ""); !page.isEmpty(); ) {
        page.forEach(one -> csv.writeRecord(row(plan, one)));
        count += page.size();
        page = page.size() < PAGE ? List.of() : page(plan, page.getLast().id());
      }
    }
    return count;
  }

  private List<Profile> page(Plan plan, String after) {
    var from =
        plan.list().isEmpty()
            ? "profile p where p.account_id = :account and p.profile_id > :after"
            : """
            list_member m
            join profile p on p.account_id = m.account_id and p.profile_id = m.profile_id
            where m.account_id = :account and m.list_id = :list and m.profile_id > :after
            """;
    var order = plan.list().isEmpty() ? "p.profile_id" : "m.profile_id";
    var query =
        db.sql(
            "select %s from %s order by %s limit %d"
                .formatted(Profiles.PLAIN_COLUMNS, from, order, PAGE));
    plan.list().ifPresent(list -> query.bind("list", list));
    return query.bind("account", plan.account()).bind("after", after).list(Profiles::read);
  }

  private static List<String> header(Plan plan) {
    var header = new ArrayList<String>();
    header.add("id");
    header.addAll(Target.ATTRIBUTES);
    Target.LOCATION.forEach(member -> header.add("location." + member));
    header.add("created");
    header.add("updated");
    plan.properties().forEach(name -> header.add(Formulas.guarded("properties." + name)));
    if (plan.more()) {
      header.add("properties");
    }
    return header;
  }

  private static List<String> row(Plan plan, Profile person) {
    var cells = new ArrayList<String>();
    cells.add(person.id());
    Target.ATTRIBUTES.forEach(name -> cells.add(person.text(name).orElse("")));
    Target.LOCATION.forEach(member -> cells.add(cell(person.location().get(member))));
    cells.add(Json.print(person.created()));
    cells.add(Json.print(person.updated()));
    plan.properties().forEach(name -> cells.add(cell(person.properties().get(name))));
    if (plan.more()) {
      cells.add(rest(plan, person.properties()).toString());
    }
    return cells.stream().map(Formulas::guarded).toList();
  }

  private static ObjectNode rest(Plan plan, ObjectNode properties) {
    var rest = properties.deepCopy();
    rest.remove(new HashSet<>(plan.properties()));
    return rest;
  }

  private static String cell(JsonNode value) {
    return value == null || value.isNull()
        ? ""
        : value.isString() ? value.stringValue() : value.toString();
  }
}
