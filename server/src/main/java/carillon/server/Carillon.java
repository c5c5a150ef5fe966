package carillon.server;

import carillon.accounts.Accounts;
import carillon.accounts.ApiKeys;
import carillon.accounts.GuardRails;
import carillon.events.Events;
import carillon.jsonapi.Caller;
import carillon.jsonapi.Dispatcher;
import carillon.jsonapi.Json;
import carillon.jsonapi.OpenApi;
import carillon.jsonapi.RateLimiter;
import carillon.mcp.McpServer;
import carillon.platform.Ids;
import carillon.platform.Settings;
import carillon.platform.db.Database;
import carillon.platform.fetch.AddressPolicy;
import carillon.platform.http.Pages;
import carillon.platform.http.Streams;
import carillon.platform.http.TrustedProxies;
import carillon.platform.http.WebServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running node: the features, the work they do and the web server. Closing stops them in reverse.
 */
public final class Carillon implements AutoCloseable {

  private final Database db;
  private final Features features;
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final AtomicBoolean working = new AtomicBoolean();
  private final String url;
  private final McpServer agents;
  private final WebServer web;

  /** Starts a node that fetches from the public internet only; not ready before {@link #open}. */
  static Carillon prepare(
      Settings settings, Database db, byte[] secret, Clock clock, PrometheusMeterRegistry metrics) {
    return new Carillon(settings, db, secret, clock, metrics, AddressPolicy.publicOnly());
  }

  /** Starts a node that fetches from the public internet only. */
  public static Carillon start(
      Settings settings, Database db, byte[] secret, Clock clock, PrometheusMeterRegistry metrics) {
    return start(settings, db, secret, clock, metrics, AddressPolicy.publicOnly());
  }

  /**
   * Starts a node.
   *
   * @param db the migrated database; closed with the node
   * @param secret signs cursors and links
   * @param reach which addresses may be fetched from when users name them
   */
  public static Carillon start(
      Settings settings,
      Database db,
      byte[] secret,
      Clock clock,
      PrometheusMeterRegistry metrics,
      AddressPolicy reach) {
    var node = new Carillon(settings, db, secret, clock, metrics, reach);
    node.open();
    return node;
  }

  private Carillon(
      Settings settings,
      Database db,
      byte[] secret,
      Clock clock,
      PrometheusMeterRegistry metrics,
      AddressPolicy reach) {
    this.db = db;
    var port = settings.port() == 0 ? FreePort.on(settings.host()) : settings.port();
    url = settings.publicUrl(port).toString();
    var random = new SecureRandom();
    var ids = new Ids(clock, random);
    features =
        new Features(
            new Features.Ground(
                settings, db, secret, clock, ids, random, metrics, url, reach, ids.ulid()));

    // They are no secrets, and every request needs one.
    var requestIds = new Ids(clock, new Random());
    var log = new RequestLog();
    var operations = features.api.operations();
    var dispatcher =
        new Dispatcher(
            operations,
            features.keys,
            new RateLimiter(clock, settings.rateLimit().orElse(0.0)),
            clock,
            url,
            secret,
            () -> requestIds.uuid().toString(),
            log::unexpected,
            db::tryOut);
    var openApi = Json.MAPPER.writeValueAsString(OpenApi.document(operations, "Carillon", url));
    var health = new Health(db, working::get);
    var assets = new Assets();
    var pages =
        new Pages()
            .add("/", "home", assets::home)
            .add("/reference", "reference", assets::reference)
            .add("/assets/", "assets", assets::asset)
            .add("/openapi.json", "openapi", _ -> Pages.json(200, openApi))
            .add("/health/live", "health", health::live)
            .add("/health/ready", "health", health::ready)
            .add("/metrics", "metrics", _ -> Pages.text(200, metrics.scrape()));
    features.addTo(pages);
    var streams = new Streams();
    features.addTo(streams);
    var front = new Front(dispatcher, pages, streams, metrics, log);
    agents =
        new McpServer(
            new McpServer.Ground(db, clock, secret, url, Main.VERSION),
            features.accounts,
            features.keys,
            new McpServer.Api(operations, front::answerTool, front::checkTool),
            features::reach,
            features.audit);
    agents.addTo(pages);

    web =
        WebServer.start(
            settings.host(), port, new TrustedProxies(settings.trustedProxies()), front);
    try {
      features.await();
    } catch (RuntimeException e) {
      web.close();
      throw e;
    }
    parts.addAll(features.work(settings.roles()));
    parts.add(web);
  }

  /** Tells those who ask that the node is ready. */
  void open() {
    working.set(true);
  }

  /** The public address, without trailing slash. */
  public String url() {
    return url;
  }

  /** The port listened on. */
  public int port() {
    return web.port();
  }

  /** Makes an account with a full-access key, which is answered. */
  public String createAccount(String id, String name) {
    accounts().create(id, name);
    return keys().create(id, "full access", Set.of(Caller.EVERYTHING));
  }

  /** Makes a further key of an account, which is answered. */
  public String createKey(String account, Set<String> scopes, GuardRails rails) {
    return keys().create(account, "for an agent", scopes, rails);
  }

  /** The accounts served. */
  public Accounts accounts() {
    return features.accounts;
  }

  ApiKeys keys() {
    return features.keys;
  }

  /** The tools of this node, for agents that talk to it over standard input. */
  public McpServer agents() {
    return agents;
  }

  Events events() {
    return features.events;
  }

  Api api() {
    return features.api;
  }

  @Override
  public void close() {
    working.set(false);
    parts.reversed().forEach(Carillon::stop);
    db.close();
  }

  private static void stop(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException("a part of the node did not stop", e);
    }
  }
}
