package carillon.jsonapi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Sends requests to a dispatcher over the {@link Harbour}, as a client with a full key would. */
final class Desk {

  static final String BASE = "https://harbour.example";

  final Harbour harbour = new Harbour();
  final SettableClock clock = new SettableClock();
  final List<RuntimeException> failures = new ArrayList<>();
  private final AtomicLong ids = new AtomicLong();
  private final Map<String, String> headers = new TreeMap<>();
  private final Dispatcher dispatcher;

  Desk() {
    this(0);
  }

  /** With rate limits times a factor. */
  Desk(double factor) {
    dispatcher =
        new Dispatcher(
            harbour.operations(),
            new Keyring(),
            new RateLimiter(clock, factor),
            clock,
            BASE,
            "seal".getBytes(StandardCharsets.UTF_8),
            () -> "req-" + ids.incrementAndGet(),
            (_, failure) -> {
              failures.add(failure);
              return ApiError.of(Fault.Code.ERROR, "Something broke.");
            },
            harbour::tryOut);
    with("Authorization", "Klaviyo-API-Key full");
    with("revision", "2026-04-15");
    with("Content-Type", "application/vnd.api+json");
  }

  Desk with(String header, String value) {
    headers.put(header.toLowerCase(Locale.ROOT), value);
    return this;
  }

  Desk without(String header) {
    headers.remove(header.toLowerCase(Locale.ROOT));
    return this;
  }

  Desk key(String key) {
    return with("Authorization", "Klaviyo-API-Key " + key);
  }

  Answer get(String target) {
    return send("GET", target, new byte[0]);
  }

  Answer send(String method, String target, String body) {
    return send(method, target, body.replace('`', '"').getBytes(StandardCharsets.UTF_8));
  }

  Answer send(String method, String target, byte[] body) {
    var mark = target.indexOf('?');
    return send(
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        body);
  }

  Answer send(String method, String path, String query, byte[] body) {
    return new Answer(dispatcher.handle(request(method, path, query, body)));
  }

  Answer refuse(String method, String path, Fault fault) {
    return new Answer(dispatcher.refuse(request(method, path, "", new byte[0]), fault));
  }

  /** The same request, checked only. */
  Answer check(String method, String target, String body) {
    var bytes = body.replace('`', '"').getBytes(StandardCharsets.UTF_8);
    return new Answer(dispatcher.check(request(method, target, "", bytes)));
  }

  Answer counted(String method, String target, String body) {
    var bytes = body.replace('`', '"').getBytes(StandardCharsets.UTF_8);
    return new Answer(dispatcher.handleCounted(request(method, target, "", bytes)));
  }

  private HttpRequest request(String method, String path, String query, byte[] body) {
    var sent = Map.copyOf(headers);
    return new HttpRequest(
        method, path, query, name -> sent.get(name.toLowerCase(Locale.ROOT)), body);
  }

  private static final class Keyring implements Keys {
    private static final Map<String, Caller> KNOWN =
        Map.of(
            "full", new Caller("HARBR1", "full", Set.of(Caller.EVERYTHING)),
            "reader", new Caller("HARBR1", "ader", Set.of("ships:read")),
            "quiet",
                new Caller("HARBR1", "uiet", Set.of(Caller.EVERYTHING), Caller.Restraint.WRITES),
            "capped",
                new Caller(
                    "HARBR1", "pped", Set.of(Caller.EVERYTHING), Caller.Restraint.UNCOUNTED_SENDS),
            "other", new Caller("OTHER1", "ther", Set.of(Caller.EVERYTHING)));

    @Override
    public Optional<Caller> caller(String privateKey) {
      return Optional.ofNullable(KNOWN.get(privateKey));
    }

    @Override
    public Optional<Caller> company(String companyId) {
      return companyId.equals("HARBR1")
          ? Optional.of(new Caller("HARBR1", "", Set.of()))
          : Optional.empty();
    }
  }
}
