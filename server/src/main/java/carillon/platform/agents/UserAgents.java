package carillon.platform.agents;

import carillon.platform.agents.Agent.Type;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import ua_parser.Client;
import ua_parser.Parser;

/**
 * Tells programs apart. Reading a new {@code User-Agent} takes about a millisecond; those seen
 * before are remembered. The first takes 0.2 s, for reading the patterns. Safe for use by many
 * threads.
 */
public final class UserAgents {

  /** Real ones are shorter, and the patterns are many. */
  private static final int LONGEST = 512;

  private static final long REMEMBERED = 10_000;

  private static final List<String> PURPOSES =
      List.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz");

  private static final Set<String> DESKTOPS =
      Set.of(
          "Windows",
          "Mac OS X",
          "Linux",
          "Ubuntu",
          "Fedora",
          "Debian",
          "Chrome OS",
          "FreeBSD",
          "OpenBSD",
          "NetBSD",
          "Solaris");

  /** Read when they are first needed. */
  private static final class Patterns {
    static final Parser PARSER = new Parser();
  }

  private static final Set<String> PHONES = Set.of("iOS", "Windows Phone", "KaiOS");

  private final LoadingCache<String, Agent> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build(this::read);

  /**
   * The program behind a request.
   *
   * @param method of the request; no reader sends anything but GET
   * @param header finds the value of a header by its name, in any case of letters
   */
  public Agent classify(String method, Function<String, Optional<String>> header) {
    var userAgent = header.apply("User-Agent").map(String::strip).orElse("");
    var agent =
        known.get(userAgent.length() > LONGEST ? userAgent.substring(0, LONGEST) : userAgent);
    return !method.equals("GET") || isPrefetch(header) ? agent.asBot() : agent;
  }

  private static boolean isPrefetch(Function<String, Optional<String>> header) {
    return PURPOSES.stream()
        .flatMap(name -> header.apply(name).stream())
        .map(value -> value.toLowerCase(Locale.ROOT))
        .anyMatch(value ->
            value.contains("prefetch") || value.contains("prerender") || value.contains("preview"));
  }

  private Agent read(String userAgent) {
    return MailProxy.of(userAgent)
        .map(MailProxy::agent)
        .orElseGet(() -> read(userAgent, Patterns.PARSER.parse(userAgent)));
  }

  private static Agent read(String userAgent, Client client) {
    var bot = client.device.family.equals("Spider") || Scanners.include(userAgent);
    return new Agent(
        named(client.userAgent.family),
        named(client.os.family),
        type(userAgent, client),
        bot,
        Optional.empty());
  }

  private static Type type(String userAgent, Client client) {
    var os = client.os.family;
    if (client.device.family.contains("iPad")) {
      return Type.TABLET;
    }
    if (os.equals("Android")) {
      return userAgent.contains("Mobile") ? Type.MOBILE : Type.TABLET;
    }
    if (PHONES.contains(os)) {
      return Type.MOBILE;
    }
    // Outlook for Windows does not always say what it runs on.
    return DESKTOPS.contains(os) || client.userAgent.family.equals("Outlook")
        ? Type.DESKTOP
        : Type.UNKNOWN;
  }

  private static String named(String family) {
    return family.equals("Other") ? "Unknown" : family;
  }
}
