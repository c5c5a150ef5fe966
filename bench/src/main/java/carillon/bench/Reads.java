package carillon.bench;

import java.util.Map;

/**
 * Reads over 100,000 profiles and 2 million events: a profile by id, a filtered page of 100
 * profiles, a page of 200 events first and a million deep.
 */
final class Reads {

  private static final int SECONDS = 8;
  private static final int CONNECTIONS = 16;
  private static final int PEOPLE = 100_000;
  private static final int EVENTS = 2_000_000;
  private static final int DEEP = 1_000_000;

  public static void main(String[] args) {
    System.out.println(Shell.machine());
    try (var node = Node.start(Map.of())) {
      prepare(node);
      var first = node.call("GET", "/api/events?page%5Bsize%5D=1000", "");
      var deep = first.at("/links/next").asString();
      for (int i = 0; i < DEEP / 1000 - 1; i++) {
        deep =
            node.call("GET", deep.substring(node.url().length()), "").at("/links/next").asString();
      }
      var cursor = deep.replaceFirst(".*page%5Bcursor%5D=([^&]*).*", "$1");
      measure(
          node,
          "profile by id",
          """
          request = function()
            return wrk.format("GET", "/api/profiles/01JBENCH" .. string.format("%018d", math.random(1, 100000)))
          end
          """);
      measure(
          node,
          "page of 100 profiles, filtered",
          path(
              "/api/profiles?page%5Bsize%5D=100&sort=-created&filter=greater-than%28created%2C2026-01-01T00%3A00%3A00Z%29"));
      measure(node, "page of 200 events, first", path("/api/events?page%5Bsize%5D=200"));
      measure(
          node,
          "page of 200 events, a million deep",
          path("/api/events?page%5Bsize%5D=200&page%5Bcursor%5D=" + cursor));
    }
  }

  private static String path(String path) {
    return "request = function() return wrk.format(\"GET\", \"" + path + "\") end\n";
  }

  private static void prepare(Node node) {
    node.db()
        .sql(
            """
            insert into profile (profile_id, account_id, email, first_name, properties, created_at, updated_at)
            select '01JBENCH' || lpad(n::text, 18, '0'), :account, 'person' || n || '@example.org',
              'Ada', '{"Favorite plant": "Fern", "Points": 12}',
              timestamptz '2026-01-01' + make_interval(secs => n), now()
            from generate_series(1, :people) n
            """)
        .bind("account", Node.ACCOUNT)
        .bind("people", PEOPLE)
        .run();
    node.db()
        .sql(
            """
            insert into metric (account_id, id, name, integration_id, integration_key,
              integration_name, integration_category, has_value, created_at, updated_at)
            select :account, 'BENCH' || n, 'Metric ' || n, 'api', 'api', 'API', 'API', true, now(), now()
            from generate_series(0, 9) n
            """)
        .bind("account", Node.ACCOUNT)
        .run();
    node.db()
        .sql(
            """
            insert into event (account_id, profile_id, at, seq, metric_id, unique_id, value, properties)
            select :account, '01JBENCH' || lpad((1 + n % :people)::text, 18, '0'),
              timestamptz '2026-01-01' + make_interval(secs => n), n, 'BENCH' || n % 10, n::text, 9.5,
              '{"Brand": "Acme", "ProductName": "Fern", "Price": 9.5, "URL": "https://shop.example.org/p/1"}'
            from generate_series(1, :events) n
            """)
        .bind("account", Node.ACCOUNT)
        .bind("people", PEOPLE)
        .bind("events", EVENTS)
        .run();
    node.db().sql("vacuum analyze").run();
  }

  private static void measure(Node node, String name, String script) {
    Wrk.run(node.url(), CONNECTIONS, 4, Wrk.headers() + script);
    var wrk = Wrk.run(node.url(), CONNECTIONS, SECONDS, Wrk.headers() + script);
    System.out.printf(
        "%-40s %,9.0f requests/s  p50 %s  p99 %s  failures %s%n",
        name, wrk.requestsPerSecond(), wrk.p50(), wrk.p99(), wrk.failures());
  }

  private Reads() {}
}
