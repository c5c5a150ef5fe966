package carillon.campaigns;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Json;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Queries;
import carillon.platform.db.Row;
import carillon.platform.db.Statement;
import carillon.platform.db.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Campaigns in the database. */
final class CampaignStore {

  private static final String CAMPAIGNS =
      """
      select c.id, c.name, c.status, c.archived, c.channel, c.audiences, c.send_strategy,
        c.send_options, c.tracking_options, c.created_at, c.updated_at, c.scheduled_at,
        c.send_time, m.id as message_id
      from campaign c
      join campaign_message m on m.account_id = c.account_id and m.campaign_id = c.id
      where c.account_id = :account\
      """;

  private final Database db;

  CampaignStore(Database db) {
    this.db = db;
  }

  Slice<Campaign> campaigns(String account, Select select) {
    return new Paged<>(CAMPAIGNS, "c.id", "text", CampaignStore::campaign)
        .bind("account", account)
        .page(db, select);
  }

  Campaign get(String account, String id) {
    return get(db, account, id, "");
  }

  /** The campaign, which nobody else changes until the transaction ends. */
  Campaign lock(Tx tx, String account, String id) {
    return get(tx, account, id, " for update of c");
  }

  private static Campaign get(Queries queries, String account, String id, String more) {
    return queries
        .sql(CAMPAIGNS + " and c.id = :id" + more)
        .bind("account", account)
        .bind("id", id)
        .first(CampaignStore::campaign)
        .orElseThrow(() -> missing(id));
  }

  static ApiError missing(String id) {
    return ApiError.of(Fault.Code.NOT_FOUND, "A campaign with id '" + id + "' does not exist.");
  }

  List<Campaign> all(String account, Collection<String> ids) {
    return db.sql(CAMPAIGNS + " and c.id = any(:ids)")
        .bind("account", account)
        .array("ids", "text", ids)
        .list(CampaignStore::campaign);
  }

  static Set<String> existing(Queries db, String account, Collection<String> ids) {
    return new HashSet<>(
        db.sql("select id from campaign where account_id = :account and id = any(:ids)")
            .bind("account", account)
            .array("ids", "text", ids)
            .list(row -> row.text("id")));
  }

  /** What was asked for; a campaign that was sent at once reads as static, but was not meant so. */
  Campaign.Plan asMeant(Tx tx, String account, Campaign campaign) {
    var immediate =
        tx.sql(
                """
                select coalesce(fan_out ->> 'immediate' = 'true', false) as immediate
                from campaign where account_id = :account and id = :id
                """)
            .bind("account", account)
            .bind("id", campaign.id())
            .one(row -> row.bool("immediate"));
    var plan = campaign.plan();
    return new Campaign.Plan(
        plan.channel(),
        plan.audience(),
        immediate ? new SendStrategy.Immediate() : plan.strategy(),
        plan.sendOptions(),
        plan.tracking());
  }

  void insert(Tx tx, String account, Campaign campaign) {
    bound(
            tx.sql(
                """
                insert into campaign (account_id, id, name, status, archived, channel, audiences,
                  send_strategy, send_options, tracking_options, created_at, updated_at)
                values (:account, :id, :name, :status, false, :channel, :audiences,
                  :strategy, :sendOptions, :tracking, :created, :updated)
                """),
            account,
            campaign)
        .bind("channel", campaign.plan().channel())
        .bind("status", campaign.status().word())
        .bind("created", campaign.times().created())
        .run();
  }

  void update(Tx tx, String account, Campaign campaign) {
    bound(
            tx.sql(
                """
                update campaign set name = :name, audiences = :audiences,
                  send_strategy = :strategy, send_options = :sendOptions,
                  tracking_options = :tracking, updated_at = :updated
                where account_id = :account and id = :id
                """),
            account,
            campaign)
        .run();
  }

  private static Statement bound(Statement statement, String account, Campaign campaign) {
    return statement
        .bind("account", account)
        .bind("id", campaign.id())
        .bind("name", campaign.name())
        .bind("audiences", campaign.plan().audience().json())
        .bind("strategy", campaign.plan().strategy().json())
        .bind("sendOptions", campaign.plan().sendOptions())
        .bind("tracking", campaign.plan().tracking().orElseGet(Json::object))
        .bind("updated", campaign.times().updated());
  }

  void delete(Tx tx, String account, String id) {
    tx.sql("delete from campaign where account_id = :account and id = :id")
        .bind("account", account)
        .bind("id", id)
        .run();
  }

  /** Says when something about it, or its message, was changed. */
  void touch(Tx tx, String account, String id, Instant now) {
    tx.sql("update campaign set updated_at = :now where account_id = :account and id = :id")
        .bind("account", account)
        .bind("id", id)
        .bind("now", now)
        .run();
  }

  private static Campaign campaign(Row row) {
    var tracking = (ObjectNode) row.json("tracking_options");
    return new Campaign(
        row.text("id"),
        row.text("name"),
        CampaignStatus.of(row.text("status")),
        row.bool("archived"),
        new Campaign.Plan(
            row.text("channel"),
            Audience.of(row.json("audiences")),
            SendStrategy.of(row.json("send_strategy")),
            (ObjectNode) row.json("send_options"),
            tracking.isEmpty() ? Optional.empty() : Optional.of(tracking)),
        new Campaign.Times(
            row.instant("created_at"),
            row.instant("updated_at"),
            row.maybeInstant("scheduled_at"),
            row.maybeInstant("send_time")),
        row.text("message_id"));
  }
}
