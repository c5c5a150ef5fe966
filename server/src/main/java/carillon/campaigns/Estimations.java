package carillon.campaigns;

import carillon.accounts.Accounts;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.platform.db.Database;
import carillon.platform.db.Row;
import carillon.platform.work.Lanes;
import carillon.profiles.Consents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Counts, in the background, how many people campaigns would reach now. */
final class Estimations {

  private static final Duration LEASE = Duration.ofMinutes(5);

  private static final String MAY_GET_MAIL =
      Consents.mailable("p")
          + " and "
          + Consents.stillReached("p", ":included")
          + """
          and (cast(:resting as timestamptz) is null or not exists (select from message g
            where g.lane = %s and g.profile_id = p.profile_id and g.marketing
              and g.sent_at > :resting))
          """
              .formatted(Lanes.sql("p.profile_id"));

  private static final String MAY_GET_TEXTS =
      """
      p.phone_number is not null
      and exists (select from consent c
        where c.account_id = :account and c.profile_id = p.profile_id and c.channel = 'sms'
          and c.kind = 'marketing' and c.status = 'SUBSCRIBED')
      """;

  private final Database db;
  private final Clock clock;
  private final Accounts accounts;
  private final CampaignStore campaigns;
  private final Runnable wakeUp;

  Estimations(Database db, Clock clock, Accounts accounts, Runnable wakeUp) {
    this.db = db;
    this.clock = clock;
    this.accounts = accounts;
    this.wakeUp = wakeUp;
    this.campaigns = new CampaignStore(db);
  }

  Job start(String account, String id) {
    var campaign = campaigns.get(account, id);
    db.sql(
            """
            insert into campaign_estimation (account_id, campaign_id, status, audience, created_at)
            values (:account, :id, 'processing', :audience, :now)
            on conflict (account_id, campaign_id) do update set status = 'processing',
              audience = excluded.audience, recipients = null, created_at = excluded.created_at,
              leased_until = null
            """)
        .bind("account", account)
        .bind("id", id)
        .bind("audience", campaign.plan().audience().json())
        .bind("now", clock.instant())
        .run();
    wakeUp.run();
    return new Job(id, "processing");
  }

  Job job(String account, String id) {
    campaigns.get(account, id);
    return db.sql(
            """
            select status from campaign_estimation
            where account_id = :account and campaign_id = :id
            """)
        .bind("account", account)
        .bind("id", id)
        .first(row -> new Job(id, row.text("status")))
        .orElseThrow(() -> ApiError.missing("A", "campaign recipient estimation job", id));
  }

  Estimation result(String account, String id) {
    campaigns.get(account, id);
    return db.sql(
            """
            select e.recipients from campaign_estimation e
            join campaign c on c.account_id = e.account_id and c.id = e.campaign_id
            where e.account_id = :account and e.campaign_id = :id and e.status = 'complete'
              and e.audience = c.audiences
            """)
        .bind("account", account)
        .bind("id", id)
        .first(row -> new Estimation(id, row.number("recipients")))
        .orElseThrow(() ->
            ApiError.of(
                Fault.Code.NOT_FOUND,
                "No results or results were out of date. Schedule a new estimation."));
  }

  /** Whom a campaign would reach if it were sent now, counted while the caller waits. */
  Reach reach(String account, String id) {
    var campaign = campaigns.get(account, id);
    var order = new Order(account, id, campaign.plan().audience(), clock.instant());
    return new Reach(
        campaign.name(), count(order, campaign.plan()), campaign.times().updated().toString());
  }

  private record Order(String account, String campaign, Audience audience, Instant created) {
    static Order read(Row row) {
      return new Order(
          row.text("account_id"),
          row.text("campaign_id"),
          Audience.of(row.json("audience")),
          row.instant("created_at"));
    }
  }

  /** Counts for one that waits; false when none does. */
  boolean runOne() {
    var order = take();
    order.ifPresent(this::work);
    return order.isPresent();
  }

  private Optional<Order> take() {
    var now = clock.instant();
    return db.sql(
            """
            update campaign_estimation e set leased_until = :until
            from (
              select account_id, campaign_id from campaign_estimation
              where status = 'processing' and (leased_until is null or leased_until <= :now)
              order by created_at limit 1) due
            where e.account_id = due.account_id and e.campaign_id = due.campaign_id
              and e.status = 'processing' and (e.leased_until is null or e.leased_until <= :now)
            returning e.account_id, e.campaign_id, e.audience, e.created_at
            """)
        .bind("until", now.plus(LEASE))
        .bind("now", now)
        .first(Order::read);
  }

  private void work(Order order) {
    var plan =
        campaigns.all(order.account(), List.of(order.campaign())).stream()
            .map(Campaign::plan)
            .findFirst();
    plan.ifPresent(found -> finish(order, count(order, found)));
  }

  private long count(Order order, Campaign.Plan plan) {
    var condition =
        switch (plan.channel()) {
          case "email" -> MAY_GET_MAIL;
          case "sms" -> MAY_GET_TEXTS;
          default -> "false";
        };
    var query = db.sql("select count(*) as people from (" + Recipients.all(condition) + ") r");
    if (plan.channel().equals("email")) {
      query.bind("resting", restingSince(order.account(), plan));
    }
    return Recipients.bind(query, order.audience())
        .bind("account", order.account())
        .one(row -> row.number("people"));
  }

  private Optional<Instant> restingSince(String account, Campaign.Plan plan) {
    var rest = accounts.get(account).rules().smartSending();
    return plan.sendOptions().path("use_smart_sending").asBoolean(true)
        ? Optional.of(clock.instant().minus(rest))
        : Optional.empty();
  }

  private void finish(Order order, long recipients) {
    db.sql(
            """
            update campaign_estimation set status = 'complete', recipients = :recipients
            where account_id = :account and campaign_id = :id and created_at = :created
            """)
        .bind("recipients", recipients)
        .bind("account", order.account())
        .bind("id", order.campaign())
        .bind("created", order.created())
        .run();
  }
}
