package carillon.server;

import carillon.accounts.AccountSettings;
import carillon.accounts.Accounts;
import carillon.accounts.AccountsApi;
import carillon.accounts.ApiKeys;
import carillon.accounts.SettingsApi;
import carillon.bounces.Bounces;
import carillon.campaigns.Campaigns;
import carillon.campaigns.CampaignsApi;
import carillon.campaigns.Neighbours;
import carillon.catalogs.Catalogs;
import carillon.client.ClientApi;
import carillon.client.ClientAudienceApi;
import carillon.client.GeofencesApi;
import carillon.client.ScriptPage;
import carillon.delivery.Delivery;
import carillon.delivery.EventSignals;
import carillon.delivery.ForgottenMails;
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
import carillon.lists.ConfirmationMail;
import carillon.lists.ConfirmationMails;
import carillon.lists.Confirmations;
import carillon.lists.Lists;
import carillon.lists.ListsApi;
import carillon.lists.Registers;
import carillon.lists.SegmentGroup;
import carillon.lists.SubscribeApi;
import carillon.lists.Subscriptions;
import carillon.lists.SuppressionApi;
import carillon.lists.SuppressionJobs;
import carillon.lists.UnsubscribeApi;
import carillon.mcp.AuditApi;
import carillon.mcp.AuditLog;
import carillon.mcp.Reaches;
import carillon.people.People;
import carillon.platform.Ids;
import carillon.platform.Settings;
import carillon.platform.db.Database;
import carillon.platform.fetch.AddressPolicy;
import carillon.platform.fetch.FetchLimits;
import carillon.platform.fetch.SafeFetch;
import carillon.platform.http.Pages;
import carillon.platform.http.Streams;
import carillon.platform.work.LaneOptions;
import carillon.platform.work.Outbox;
import carillon.platform.work.OutboxWorkers;
import carillon.profiles.ConsentHistoryApi;
import carillon.profiles.Consents;
import carillon.profiles.ConversationsApi;
import carillon.profiles.Erasures;
import carillon.profiles.Identities;
import carillon.profiles.KxTokens;
import carillon.profiles.MergeListener;
import carillon.profiles.Merges;
import carillon.profiles.Profiles;
import carillon.profiles.ProfilesApi;
import carillon.profiles.PushTokens;
import carillon.profiles.PushTokensApi;
import carillon.profiles.Visitors;
import carillon.reporting.Attributions;
import carillon.reporting.CampaignReportsApi;
import carillon.reporting.MetricAggregatesApi;
import carillon.reviews.ClientReviewsApi;
import carillon.reviews.ReviewsApi;
import carillon.segments.PostalCodes;
import carillon.segments.Segments;
import carillon.segments.SegmentsApi;
import carillon.tags.Taggable;
import carillon.tags.Tags;
import carillon.tags.TagsApi;
import carillon.templates.Renderer;
import carillon.templates.Templates;
import carillon.templates.TemplatesApi;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** All features of a node, the lowest first, each made of those above it in this file. */
final class Features {

  /** News may be this old when it is passed on under load: fewer, larger transactions. */
  private static final Duration NEWS_GATHERS = Duration.ofMillis(200);

  /** Two thirds of the time of those who pass news on are left to intake and sending. */
  private static final int NEWS_RESTS = 2;

  final Accounts accounts;
  final AuditLog audit;
  final ApiKeys keys;
  final Events events;
  final Api api;

  private final ImagePages imagePages;
  private final Confirmations confirmations;
  private final Database db;
  private final PostalCodes postalCodes;
  private final Segments segments;
  private final SuppressionJobs suppressions;
  private final Campaigns campaigns;
  private final Delivery delivery;
  private final Bounces bounces;
  final People people;
  private final Catalogs catalogs;
  private final OutboxWorkers outboxWorkers;

  /**
   * What everything stands on.
   *
   * @param secret signs cursors and links
   * @param url public address without trailing slash
   * @param reach which addresses may be fetched from when users name them
   * @param node tells this node from others on the same database
   */
  record Ground(
      Settings settings,
      Database db,
      byte[] secret,
      Clock clock,
      Ids ids,
      RandomGenerator random,
      PrometheusMeterRegistry metrics,
      String url,
      AddressPolicy reach,
      String node) {}

  Features(Ground ground) {
    db = ground.db();
    var clock = ground.clock();
    var ids = ground.ids();

    Taggable none = (_, _) -> Set.of();
    var tags =
        new Tags(
            db,
            clock,
            ids,
            Map.of(
                "list",
                Lists.taggable(db),
                "segment",
                Segments.taggable(db),
                "campaign",
                Campaigns.taggable(db),
                "flow",
                none));
    accounts = new Accounts(db, clock, ids, List.of(tags::prepare));
    keys = new ApiKeys(db, clock, ids, ground.random(), accounts);

    var images = new Images(db, clock, ids, ground.url());
    var imageFetch = new SafeFetch(FetchLimits.ofBytes(Images.MOST_BYTES), ground.reach());
    imagePages = new ImagePages(images);
    var templates = new Templates(db, clock, ids, Campaigns.templateUse());
    var renderer = new Renderer(Language.marketing(), clock);
    var confirmationMails = new ConfirmationMails(templates, renderer, ground.url());
    var settings = new AccountSettings(accounts, confirmationMails::faults);

    var outbox = new Outbox(clock);
    var identities = new Identities(clock, ids, outbox, new KxTokens(ground.secret()));
    var profiles = new Profiles(db);
    var consents = new Consents(clock, ids, outbox);
    var flows = new Flows();
    var kinds = new Metrics(db, clock, ids);
    var metricsApi = new MetricsApi(kinds, flows.triggered());
    events = new Events(db, clock, kinds, profiles, identities, outbox, ground.metrics());
    var ledger = new Ledger(clock);
    var merges =
        new Merges(
            db,
            clock,
            outbox,
            List.of(
                MergeListener.ofRequests(events::merged),
                (tx, account, from, to, _) -> ledger.move(tx, account, from, to)));
    postalCodes = PostalCodes.with(ground.settings().postalCodes());
    segments =
        new Segments(
            new Segments.Ground(db, clock, ids, ground.node(), postalCodes),
            new Segments.Partners(accounts, tags, identities, outbox),
            Segments.CHUNK);

    var letters = new Letters(outbox, ids, clock);
    var lists = new Lists(db, clock, ids, identities, outbox);
    var tokens = new PushTokens(db, outbox);
    var registers = new Registers(clock, ids, identities, consents, tokens, events, lists);
    confirmations =
        new Confirmations(
            db,
            accounts,
            registers,
            ground.url(),
            ground.secret(),
            confirmationMails,
            (tx, mail) -> letters.post(tx, letter(mail)));
    var subscriptions = new Subscriptions(db, accounts, registers, confirmations);
    suppressions =
        new SuppressionJobs(
            db,
            ground.node(),
            registers,
            profiles,
            new SegmentGroup(segments),
            SuppressionJobs.CHUNK);

    var neighbours =
        new Neighbours(accounts, tags, images, templates, renderer, lists, segments, ledger);
    campaigns = new Campaigns(db, clock, ground.node(), neighbours, Campaigns.CHUNK);
    delivery =
        new Delivery(
            new Delivery.Ground(db, clock, ids, accounts, ground.metrics()),
            new Delivery.Partners(
                campaigns.mailings(),
                new ProfileContacts(db, profiles, registers),
                EventSignals.to(events)),
            new Delivery.Setup(
                ground.settings().mail(),
                ground.url(),
                ground.secret(),
                Language.marketing(),
                LaneOptions.STANDARD,
                ground.node()),
            ledger,
            letters);
    bounces =
        new Bounces(
            delivery.returns(),
            ground.settings().mail(),
            new SafeFetch(FetchLimits.ofBytes(Bounces.LARGEST_FETCH), ground.reach()),
            clock,
            ground.metrics());
    var erasures =
        new Erasures(
            db,
            clock,
            ids,
            outbox,
            List.of(
                ForgottenMails::forget,
                events::forget,
                Confirmations::forget,
                SuppressionJobs::forget,
                People::forget,
                AuditLog::forget));
    people =
        new People(
            new People.Ground(db, clock, ids, ground.node()),
            new People.Partners(profiles, identities, lists, erasures),
            People.CHUNK);
    var attributions = new Attributions(accounts);
    outboxWorkers =
        new OutboxWorkers(
            db,
            clock,
            outbox,
            List.of(
                new Visitors(merges).subscriber(),
                delivery.letters(),
                attributions.subscriber(),
                segments.subscriber()),
            LaneOptions.STANDARD.withWorkers(2).gathering(NEWS_GATHERS).resting(NEWS_RESTS),
            ground.node(),
            ground.metrics());

    catalogs = new Catalogs(db, clock, ids, identities, events);
    var ofProfiles = List.of(lists.ofProfiles(), segments.ofProfiles());
    audit = new AuditLog(db, clock, ids);
    var eventsApi = new EventsApi(events, kinds, metricsApi, profiles, accounts, clock);
    api =
        Api.of(
            List.of(
                new AccountsApi(accounts).operations(),
                new SettingsApi(accounts, settings).operations(),
                new TagsApi(tags).operations(),
                new ImagesApi(images, imageFetch).operations(),
                new TemplatesApi(templates, renderer, accounts).operations(),
                new ProfilesApi(db, profiles, identities, merges, tokens, ofProfiles).operations(),
                new PushTokensApi(db, clock, profiles, identities, tokens).operations(),
                new ConversationsApi(profiles).operations(),
                new ConsentHistoryApi(db, profiles).operations(),
                metricsApi.operations(),
                eventsApi.operations(),
                new SegmentsApi(segments, profiles, tags, flows.triggered()).operations(),
                new ListsApi(db, lists, profiles, segments, tags, accounts, flows.triggered())
                    .operations(),
                new SubscribeApi(subscriptions).operations(),
                new UnsubscribeApi(db, registers).operations(),
                new SuppressionApi(suppressions).operations(),
                new CampaignsApi(db, clock, ids, neighbours, campaigns).operations(),
                people.operations(),
                catalogs.operations(),
                new ReviewsApi(db, clock, identities, events, eventsApi.type()).operations(),
                new ClientApi(db, clock, accounts, events, identities).operations(),
                new ClientAudienceApi(db, clock, subscriptions, identities, tokens).operations(),
                new ClientReviewsApi(db, clock, ids, identities, events).operations(),
                new GeofencesApi(db, clock, ids).operations(),
                new CampaignReportsApi(db, accounts, kinds, clock, ids).operations(),
                new MetricAggregatesApi(db, kinds, ids).operations(),
                new AuditApi(audit).operations()));
  }

  /** Whom a write of an agent would reach, if a feature knows. */
  Optional<Reaches.Reach> reach(String account, String operation, ObjectNode body) {
    if (!operation.equals("send_campaign")) {
      return Optional.empty();
    }
    var reach = campaigns.reach(account, body.at("/data/id").asString(""));
    return Optional.of(
        new Reaches.Reach(reach.recipients(), "campaign " + reach.name(), reach.version()));
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

  /** Waits for the database, and sees to what must be in it before the node is ready. */
  void await() {
    db.await();
    postalCodes.open(db);
  }

  /** Adds the pages of features to those of the server. */
  void addTo(Pages pages) {
    pages.add(imagePages.path(), "image", imagePages::serve);
    confirmations.addTo(pages);
    new ScriptPage().addTo(pages);
    delivery.addTo(pages);
    bounces.addTo(pages);
  }

  /** Adds what is too large for memory. */
  void addTo(Streams streams) {
    people.addTo(streams);
  }

  /** Starts the work that goes on without requests; what is answered stops it, the last first. */
  List<AutoCloseable> work(Set<Settings.Role> roles) {
    if (!roles.contains(Settings.Role.WORKER)) {
      return List.of(events, delivery);
    }
    delivery.start();
    return List.of(
        events,
        delivery,
        outboxWorkers.start(),
        segments.start(),
        suppressions.start(),
        campaigns.start(),
        people.start(),
        catalogs.start(),
        bounces.listen());
  }
}
