package carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every table is in a class of its own growth and keeps that class's rule, read from the catalog:
 * so that a later distribution by person needs no rewrite.
 */
class SchemaTest {

  /** Grow with people: every unique key contains profile_id. */
  private static final Set<String> PEOPLE =
      Set.of(
          "profile",
          "consent",
          "consent_history",
          "suppression",
          "push_token",
          "review",
          "list_member",
          "segment_member",
          "segment_recheck",
          "event",
          "attribution",
          "profile_prediction",
          "import_profile",
          "back_in_stock_subscription",
          "erasure");

  /** Queues: every unique key begins with the lane, after it whose. */
  private static final Set<String> QUEUES = Set.of("outbox", "outbox_set_aside", "message");

  /** The rows of jobs, gone with them: every unique key begins with account and job. */
  private static final Set<String> JOBS = Set.of("import_chunk", "import_error");

  /** Distributed by their own value, because they make it unique. */
  private static final Set<String> OWN_KEY = Set.of("profile_identifier", "pending_subscription");

  /** What an account configures, small enough to be copied to every node. */
  private static final Set<String> SMALL =
      Set.of(
          "account",
          "api_key",
          "agent_call",
          "agent_confirmation",
          "agent_reach",
          "tag_group",
          "tag",
          "tagging",
          "list",
          "segment",
          "segment_day",
          "metric",
          "metric_property",
          "template",
          "image",
          "geofence",
          "campaign",
          "campaign_message",
          "campaign_estimation",
          "kept_mail",
          "suppression_job",
          "import_job",
          "catalog_item",
          "catalog_variant",
          "catalog_category",
          "catalog_link",
          "catalog_job");

  /** The server's own housekeeping. */
  private static final Set<String> HOUSE =
      Set.of(
          "schema_migration",
          "lane_lease",
          "lane_worker",
          "segment_remains",
          "segment_upkeep",
          "event_ahead",
          "postal_code",
          "postal_file",
          "country_name");

  private record Key(String table, List<String> columns) {}

  @Test
  void everyTableIsInOneClass() {
    var known = new TreeSet<String>();
    List.of(PEOPLE, QUEUES, JOBS, OWN_KEY, SMALL, HOUSE).forEach(known::addAll);
    try (var db = TestDatabase.create()) {
      var tables =
          db.sql("select tablename from pg_tables where schemaname = 'public' order by 1")
              .list(row -> row.text("tablename"));
      assertThat(new TreeSet<>(tables)).isEqualTo(known);
    }
  }

  @Test
  void uniqueKeysOfPeoplesTablesContainTheProfile() {
    assertThat(keys().stream().filter(key -> PEOPLE.contains(key.table())))
        .isNotEmpty()
        .allMatch(key -> key.columns().contains("profile_id"));
  }

  @Test
  void uniqueKeysOfQueuesBeginWithTheLane() {
    assertThat(keys().stream().filter(key -> QUEUES.contains(key.table())))
        .isNotEmpty()
        .allMatch(key -> key.columns().getFirst().equals("lane"));
  }

  @Test
  void uniqueKeysOfRowsOfJobsBeginWithTheJob() {
    assertThat(keys().stream().filter(key -> JOBS.contains(key.table())))
        .isNotEmpty()
        .allMatch(key -> key.columns().subList(0, 2).equals(List.of("account_id", "job_id")));
  }

  private static List<Key> keys() {
    try (var db = TestDatabase.create()) {
      return new ArrayList<>(
          db.sql(
                  """
                  select t.relname as table_name, array_agg(a.attname::text order by k.place) as columns
                  from pg_index i
                  join pg_class t on t.oid = i.indrelid
                  join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
                  cross join unnest(i.indkey::int[]) with ordinality k (column_number, place)
                  join pg_attribute a on a.attrelid = t.oid and a.attnum = k.column_number
                  where i.indisunique and k.place <= i.indnkeyatts
                  group by t.relname, i.indexrelid
                  """)
              .list(row -> new Key(row.text("table_name"), row.texts("columns"))));
    }
  }
}
