package carillon.bench;

import java.util.List;
import java.util.regex.Pattern;

/** Loads a server with wrk, and reads what it measured. */
record Wrk(double requestsPerSecond, String p50, String p99, String failures) {

  private static final int ROUND_SECONDS = 10;
  private static final int FEWEST_ROUNDS = 4;
  private static final int MOST_ROUNDS = 12;
  private static final double FASTER = 1.03;
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");

  /** {@code script} is Lua; {@code seconds} the time of loading. */
  static Wrk run(String url, int connections, int seconds, String script) {
    var file = Shell.file(".lua", script);
    var output =
        Shell.run(
            List.of(
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + seconds + "s",
                "--timeout",
                "30s",
                "--latency",
                "-s",
                file.toString(),
                url));
    return new Wrk(
        Double.parseDouble(find(RATE, output)),
        find(percentile(50), output),
        find(percentile(99), output),
        output
            .lines()
            .filter(line -> line.contains("Non-2xx") || line.contains("Socket errors"))
            .map(String::strip)
            .reduce("none", (_, line) -> line));
  }

  /** Loads a server until it gets no faster, that is until its code is compiled. */
  static void warmUp(String url, int connections, String script) {
    var best = 0.0;
    for (int round = 1; round <= MOST_ROUNDS; round++) {
      var rate = run(url, connections, ROUND_SECONDS, script).requestsPerSecond();
      if (round >= FEWEST_ROUNDS && rate < best * FASTER) {
        System.out.printf("%-50s %,9d s%n", "warm after", round * ROUND_SECONDS);
        return;
      }
      best = Math.max(best, rate);
    }
    System.out.printf("%-50s %,9d s%n", "still becoming faster after", MOST_ROUNDS * ROUND_SECONDS);
  }

  /** The headers every script sends. */
  static String headers() {
    return """
    wrk.headers["Authorization"] = "Klaviyo-API-Key %s"
    wrk.headers["revision"] = "2026-04-15"
    wrk.headers["Content-Type"] = "application/vnd.api+json"
    """
        .formatted(Node.KEY);
  }

  private static Pattern percentile(int percent) {
    return Pattern.compile("(?m)^ +" + percent + "%\\s+(\\S+)");
  }

  private static String find(Pattern pattern, String output) {
    var matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException(output);
    }
    return matcher.group(1);
  }
}
