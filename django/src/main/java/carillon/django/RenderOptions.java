package carillon.django;

import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * How to render, apart from the values.
 *
 * @param html whether the result is HTML: values are escaped and links are anchors
 * @param clock tells {@code now} and its like
 * @param zone the zone in which times are printed
 * @param limits what the rendering may use
 * @param seed of the filter {@code random}
 * @param services what the server's own tags need, by type; not reachable from templates
 */
public record RenderOptions(
    boolean html,
    Clock clock,
    ZoneId zone,
    Limits limits,
    long seed,
    Map<Class<?>, Object> services) {

  public RenderOptions {
    services = Map.copyOf(services);
  }

  /** HTML, UTC, the standard limits. */
  public static RenderOptions html(Clock clock) {
    return new RenderOptions(true, clock, ZoneOffset.UTC, Limits.STANDARD, 0, Map.of());
  }

  /** Plain text, UTC, the standard limits. */
  public static RenderOptions text(Clock clock) {
    return new RenderOptions(false, clock, ZoneOffset.UTC, Limits.STANDARD, 0, Map.of());
  }

  public RenderOptions withZone(ZoneId zone) {
    return new RenderOptions(html, clock, zone, limits, seed, services);
  }

  public RenderOptions withLimits(Limits limits) {
    return new RenderOptions(html, clock, zone, limits, seed, services);
  }

  public RenderOptions withSeed(long seed) {
    return new RenderOptions(html, clock, zone, limits, seed, services);
  }

  public <T> RenderOptions withService(Class<T> type, T service) {
    var more = new HashMap<>(services);
    more.put(type, service);
    return new RenderOptions(html, clock, zone, limits, seed, more);
  }
}
