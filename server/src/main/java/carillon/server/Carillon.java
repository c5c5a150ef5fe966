package carillon.server;

import carillon.accounts.Accounts;
import carillon.accounts.AccountsApi;
import carillon.accounts.ApiKeys;
import carillon.campaigns.CampaignRunner;
import carillon.campaigns.Campaigns;
import carillon.campaigns.CampaignsApi;
import carillon.campaigns.Neighbours;
import carillon.delivery.Delivery;
import carillon.delivery.EventSignals;
import carillon.delivery.Ledger;
import carillon.delivery.Letter;
import carillon.delivery.Letters;
import carillon.delivery.ProfileContacts;
import carillon.django.Language;
import carillon.events.Events;
import carillon.events.EventsApi;
import carillon.events.Metrics;
import carillon.events.MetricsApi;
import carillon.flows.Flows;
import carillon.images.ImagePages;
import carillon.images.Images;
import carillon.images.ImagesApi;
import carillon.jsonapi.Caller;
import carillon.jsonapi.Dispatcher;
import carillon.jsonapi.Json;
import carillon.jsonapi.OpenApi;
import carillon.jsonapi.RateLimiter;
import carillon.lists.ConfirmationMail;
import carillon.lists.Confirmations;
import carillon.lists.Lists;
import carillon.lists.ListsApi;
import carillon.lists.SubscribeApi;
import carillon.platform.Ids;
import carillon.platform.Settings;
import carillon.platform.db.Database;
import carillon.platform.fetch.AddressPolicy;
import carillon.platform.fetch.FetchLimits;
import carillon.platform.fetch.SafeFetch;
import carillon.platform.http.Pages;
import carillon.platform.http.WebServer;
import carillon.platform.work.LaneOptions;
import carillon.platform.work.Outbox;
import carillon.platform.work.OutboxWorkers;
import carillon.profiles.Consents;
import carillon.profiles.Identities;
import carillon.profiles.KxTokens;
import carillon.profiles.Merges;
import carillon.profiles.Profiles;
import carillon.profiles.ProfilesApi;
import carillon.reporting.Attributions;
import carillon.reporting.CampaignReportsApi;
import carillon.segments.Segments;
import carillon.tags.Taggable;
import carillon.tags.Tags;
import carillon.tags.TagsApi;
import carillon.templates.Renderer;
import carillon.templates.Templates;
import carillon.templates.TemplatesApi;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A running node: all parts, wired by their constructors. Closing stops them in reverse. */
public final class Carillon implements AutoCloseable {

  private final Database db;
  private final Accounts accounts;
  private final ApiKeys keys;
  private final Events events;
  private final Api api;
  private final WebServer web;
  private final List<AutoCloseable> work;
  private final String url;

  private Carillon(
      Database db,
      Accounts accounts,
      ApiKeys keys,
      Events events,
      Api api,
      WebServer web,
      List<AutoCloseable> work,
      String url) {
    this.db = db;
    this.accounts = accounts;
    this.keys = keys;
    this.events = events;
    this.api = api;
    this.web = web;
    this.work = work;
    this.url = url;
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
    var port = settings.port() == 0 ? FreePort.on(settings.host()) : settings.port();
    var url = settings.publicUrl(port).toString();
    var random = new SecureRandom();
    var ids = new Ids(clock, random);

    Taggable none = (_, _) -> Set.of();
    var tags =
        new Tags(
            db,
            clock,
            ids,
            Map.of(
                "list", Lists.taggable(db),
                "segment", none,
                "campaign", Campaigns.taggable(db),
                "flow", none));
    var accounts = new Accounts(db, clock, ids, List.of(tags::prepare));
    var keys = new ApiKeys(db, clock, ids, random, accounts);

    var node = ids.ulid();
    var outbox = new Outbox(clock);
    var identities = new Identities(clock, ids, outbox, new KxTokens(secret));
    var profiles = new Profiles(db);
    var ledger = new Ledger(clock);
    var flows = new Flows();
    var kinds = new Metrics(db, clock, ids);
    var metricsApi = new MetricsApi(kinds, flows.triggered());
    var events = new Events(db, kinds, profiles, identities, outbox, metrics);
    var merges =
        new Merges(
            db,
            clock,
            outbox,
            List.of(
                (tx, account, from, to, _) -> ledger.move(tx, account, from, to),
                events::merged));
    var lists = new Lists(db, clock, ids, identities, outbox);
    var letters = new Letters(outbox, ids, clock);
    var consents = new Consents(clock, ids, outbox);
    var confirmations =
        new Confirmations(
            db,
            clock,
            ids,
            accounts,
            identities,
            consents,
            events,
            lists,
            url,
            secret,
            (tx, mail) -> letters.post(tx, letter(mail)));
    var segments = new Segments(profiles);

    var images = new Images(db, clock, ids, url);
    var imageFetch = new SafeFetch(FetchLimits.ofBytes(Images.MOST_BYTES), reach);
    var imagePages = new ImagePages(images);
    var templates = new Templates(db, clock, ids, Campaigns.templateUse());
    var renderer = new Renderer(Language.marketing(), clock);

    var neighbours = new Neighbours(accounts, tags, images, templates, renderer, lists, ledger);
    var campaigns = new Campaigns(db, clock, node, neighbours, CampaignRunner.CHUNK);

    var api =
        Api.of(
            List.of(
                new AccountsApi(accounts).operations(),
                new TagsApi(tags).operations(),
                new ProfilesApi(
                        db,
                        profiles,
                        identities,
                        merges,
                        List.of(lists.ofProfiles(), Segments.ofProfiles()))
                    .operations(),
                metricsApi.operations(),
                new EventsApi(events, kinds, metricsApi, profiles, accounts, clock).operations(),
                new ListsApi(db, lists, profiles, tags, accounts, flows.triggered()).operations(),
                new SubscribeApi(db, clock, accounts, confirmations).operations(),
                segments.operations(),
                new ImagesApi(images, imageFetch).operations(),
                new TemplatesApi(templates, renderer, accounts).operations(),
                new CampaignsApi(db, clock, ids, neighbours, campaigns).operations(),
                new CampaignReportsApi(db, accounts, kinds, clock, ids).operations()));

    var delivery =
        new Delivery(
            new Delivery.Ground(db, clock, ids, accounts, metrics),
            new Delivery.Partners(
                campaigns.mailings(),
                new ProfileContacts(db, clock, profiles, identities, consents, lists),
                EventSignals.to(events)),
            new Delivery.Setup(
                settings.mail(), url, secret, Language.marketing(), LaneOptions.STANDARD, node),
            ledger,
            letters);
    var outboxWorkers =
        new OutboxWorkers(
            db,
            clock,
            outbox,
            List.of(delivery.letters(), new Attributions(accounts).subscriber()),
            LaneOptions.STANDARD,
            node,
            metrics);
    var log = new RequestLog();
    var dispatcher =
        new Dispatcher(
            api.operations(),
            keys,
            new RateLimiter(clock, settings.rateLimit().orElse(0.0)),
            clock,
            url,
            secret,
            () -> ids.uuid().toString(),
            log::unexpected);
    var openApi =
        Json.MAPPER.writeValueAsString(OpenApi.document(api.operations(), "Carillon", url));
    var health = new Health(db, () -> true);
    var assets = new Assets();
    var pages =
        new Pages()
            .add("/", "home", assets::home)
            .add("/reference", "reference", assets::reference)
            .add("/assets/", "assets", assets::asset)
            .add(imagePages.path(), "image", imagePages::serve)
            .add("/openapi.json", "openapi", _ -> Pages.json(200, openApi))
            .add("/health/live", "health", health::live)
            .add("/health/ready", "health", health::ready)
            .add("/metrics", "metrics", _ -> Pages.text(200, metrics.scrape()));
    confirmations.addTo(pages);
    delivery.addTo(pages);
    var web = WebServer.start(settings.host(), port, new Front(dispatcher, pages, metrics, log));
    var work = new ArrayList<AutoCloseable>();
    if (settings.roles().contains(Settings.Role.WORKER)) {
      work.add(outboxWorkers.start());
      delivery.start();
      work.add(campaigns.runner().start());
    }
    work.add(delivery);
    return new Carillon(db, accounts, keys, events, api, web, work, url);
  }

  private static Letter letter(ConfirmationMail mail) {
    return new Letter(
        mail.account(),
        mail.id(),
        mail.from(),
        mail.label(),
        mail.recipient(),
        mail.subject(),
        mail.html(),
        mail.text());
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
    accounts.create(id, name);
    return keys.create(id, "full access", Set.of(Caller.EVERYTHING));
  }

  Api api() {
    return api;
  }

  Events events() {
    return events;
  }

  /** The accounts served. */
  public Accounts accounts() {
    return accounts;
  }

  ApiKeys keys() {
    return keys;
  }

  @Override
  public void close() {
    web.close();
    work.reversed().forEach(Carillon::stop);
    events.close();
    db.close();
  }

  private static void stop(AutoCloseable worker) {
    try {
      worker.close();
    } catch (Exception e) {
      throw new IllegalStateException("a worker did not stop", e);
    }
  }
}
