package carillon.people;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Json;
import carillon.lists.Lists;
import carillon.platform.db.Database;
import carillon.platform.db.Queries;
import carillon.platform.work.Lanes;
import carillon.profiles.Identities;
import carillon.profiles.Profile;
import carillon.profiles.Profiles;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells everything that is known about one person, in one JSON document: the profile, what stands
 * for it, and every row of every table that belongs to it or names its address. The tables are
 * found in the catalog, so that none can be forgotten; they appear under their own names.
 */
final class PersonExport {

  private final Database db;
  private final Clock clock;
  private final Profiles profiles;
  private final Identities identities;
  private final Lists lists;

  PersonExport(Database db, Clock clock, Profiles profiles, Identities identities, Lists lists) {
    this.db = db;
    this.clock = clock;
    this.profiles = profiles;
    this.identities = identities;
    this.lists = lists;
  }

  /** A table with rows of people, and the columns that are told of them. */
  private record Table(String name, String key, boolean laned, List<String> columns) {}

  /**
   * The person meant by an id, an e-mail address or a phone number.
   *
   * @throws ApiError 404 when nobody is
   */
  Profile find(String account, String who) {
    return Optional.of(who)
        .filter(word -> word.indexOf('\0') < 0)
        .flatMap(word -> identities.named(db, account, word))
        .flatMap(id -> profiles.find(db, account, id))
        .orElseThrow(() -> ApiError.missing("A", "profile", who));
  }

  /** Writes the document; large tables are handed on row by row. */
  void write(String account, Profile person, OutputStream out) {
    try (var json = Json.MAPPER.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringProperty("exported_at", Json.print(clock.instant()));
      json.writeStringProperty("account", account);
      json.writeName("profile");
      json.writeTree(told(person));
      json.writeName("names");
      json.writeTree(names(account, person));
      json.writeName("records");
      json.writeStartObject();
      for (var table : tables(db)) {
        rows(json, account, person, table);
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private static ObjectNode told(Profile person) {
    var told = Json.object().put("id", person.id());
    person.texts().forEach(told::put);
    told.set("location", person.location());
    told.set("properties", person.properties());
    told.put("created", Json.print(person.created()));
    told.put("updated", Json.print(person.updated()));
    person.lastEvent().ifPresent(at -> told.put("last_event_date", Json.print(at)));
    return told;
  }

  /** What ids in the records stand for. */
  private ObjectNode names(String account, Profile person) {
    var names = Json.object();
    var ofLists = names.putObject("lists");
    lists.of(account, person.id()).forEach(ofLists::put);
    var ofMetrics = names.putObject("metrics");
    db.sql(
            """
            select m.id, m.name from metric m where m.account_id = :account
              and exists (select from event e where e.profile_id = :id and e.metric_id = m.id)
            """)
        .bind("account", account)
        .bind("id", person.id())
        .list(row -> ofMetrics.put(row.text("id"), row.text("name")));
    return names;
  }

  /** Tables of people by profile, and those without a profile that hold an address. */
  private static List<Table> tables(Queries db) {
    return db.sql(
            """
            select c.table_name as name,
              case when bool_or(c.column_name = 'profile_id') then 'profile_id'
                when bool_or(c.column_name = 'email') then 'email' else 'recipient' end as key,
              bool_or(c.column_name = 'lane') as laned,
              array_agg(c.column_name::text order by c.ordinal_position) filter (
                where c.data_type <> 'bytea'
                  and c.column_name not in ('account_id', 'lane', 'leased_by', 'leased_until'))
                as columns
            from information_schema.columns c
            where c.table_schema = current_schema() and c.table_name <> 'profile'
              and exists (select from information_schema.columns a
                where a.table_schema = c.table_schema and a.table_name = c.table_name
                  and a.column_name = 'account_id')
            group by c.table_name
            having bool_or(c.column_name in ('profile_id', 'email', 'recipient'))
            order by c.table_name
            """)
        .list(row ->
            new Table(row.text("name"), row.text("key"), row.bool("laned"), row.texts("columns")));
  }

  private void rows(JsonGenerator json, String account, Profile person, Table table) {
    var keys = new ArrayList<String>();
    if (table.key().equals("profile_id")) {
      keys.add(person.id());
    } else {
      keys.addAll(identities.emails(db, account, person.id()));
    }
    json.writeName(table.name());
    json.writeStartArray();
    db.sql(
            """
            select to_jsonb(r) as row
            from (select %s from %s
              where account_id = :account and %s = any(:keys) and %s = :lane) r
            """
                .formatted(
                    String.join(", ", table.columns()),
                    table.name(),
                    table.key(),
                    table.laned() ? "lane" : "cast(:lane as int)"))
        .bind("lane", Lanes.of(person.id()))
        .bind("account", account)
        .array("keys", "text", keys)
        .each(row -> row.json("row"), json::writeTree);
    json.writeEndArray();
  }
}
