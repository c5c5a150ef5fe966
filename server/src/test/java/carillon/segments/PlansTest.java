package carillon.segments;

import static carillon.segments.Clerk.ALL_TIME;
import static carillon.segments.Clerk.allOf;
import static carillon.segments.Clerk.did;
import static carillon.segments.Clerk.inTheLast;
import static carillon.segments.Clerk.property;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.platform.db.Database;
import carillon.testing.TestDatabase;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** How the database goes about it before it has any statistics. */
class PlansTest {

  private static final Database DB = TestDatabase.create();

  @AfterAll
  static void close() {
    DB.close();
  }

  private enum Asked {
    RECENTLY(did("METRIC", "greater-than-or-equal", 3, inTheLast(30, "day"))),
    NEVER(did("METRIC", "equals", 0, ALL_TIME)),
    FUNNEL(
        """
        {"type": "profile-metric-funnel", "timeframe_filter": %s,
         "completion_window_seconds": "WEEKS_1",
         "steps": [{"metric_exists": true, "metric_id": "METRIC"},
           {"metric_exists": true, "metric_id": "OTHERS"}]}
        """
            .formatted(inTheLast(30, "day"))),
    LAST_EVENT(property("last_event_date", inTheLast(30, "day")));

    final String condition;

    Asked(String condition) {
      this.condition = condition;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatOnePersonDidIsLookedUpByThePersonAndNotByTheMetricOrTheTime(Asked asked) {
    var clause =
        new Compiler("SHOP01", ZoneOffset.UTC, Instant.EPOCH)
            .clause(Definition.parse((ObjectNode) Json.read(allOf(asked.condition))));

    var plan =
        clause
            .bindTo(
                DB.sql(
                    "explain select "
                        + clause.sql()
                        + " from profile p where account_id = 'SHOP01'"))
            .list(row -> row.text("QUERY PLAN"));

    assertThat(plan).anyMatch(line -> line.contains("event_unique") || line.contains("event_pkey"));
    assertThat(plan).noneMatch(line -> line.contains("event_by"));
  }
}
