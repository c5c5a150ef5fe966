package carillon.campaigns;

import carillon.jsonapi.ApiError;
import carillon.platform.db.Database;
import carillon.platform.db.Queries;
import carillon.platform.db.Row;
import carillon.platform.db.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The messages of campaigns in the database. */
final class MessageStore {

  private static final String MESSAGES =
      """
      select m.id, m.campaign_id, m.definition, m.template_id, m.image_id, m.created_at,
        m.updated_at, c.send_strategy, c.send_time
      from campaign_message m
      join campaign c on c.account_id = m.account_id and c.id = m.campaign_id
      where m.account_id = :account\
      """;

  private final Database db;

  MessageStore(Database db) {
    this.db = db;
  }

  CampaignMessage get(String account, String id) {
    return get(db, account, id);
  }

  CampaignMessage get(Queries queries, String account, String id) {
    return all(queries, account, List.of(id)).stream()
        .findFirst()
        .orElseThrow(() -> ApiError.missing("A", "campaign message", id));
  }

  List<CampaignMessage> all(Queries queries, String account, Collection<String> ids) {
    return queries
        .sql(MESSAGES + " and m.id = any(:ids)")
        .bind("account", account)
        .array("ids", "text", ids)
        .list(MessageStore::message);
  }

  List<CampaignMessage> all(String account, Collection<String> ids) {
    return all(db, account, ids);
  }

  void insert(Tx tx, String account, CampaignMessage message) {
    tx.sql(
            """
            insert into campaign_message (account_id, id, campaign_id, definition, template_id,
              image_id, created_at, updated_at)
            values (:account, :id, :campaign, :definition, :template, :image, :now, :now)
            """)
        .bind("account", account)
        .bind("id", message.id())
        .bind("campaign", message.campaign())
        .bind("definition", message.definition())
        .bind("template", message.links().template())
        .bind("image", message.links().image().map(Long::valueOf))
        .bind("now", message.created())
        .run();
  }

  void update(Tx tx, String account, CampaignMessage message) {
    tx.sql(
            """
            update campaign_message set definition = :definition, template_id = :template,
              image_id = :image, updated_at = :updated
            where account_id = :account and id = :id
            """)
        .bind("account", account)
        .bind("id", message.id())
        .bind("definition", message.definition())
        .bind("template", message.links().template())
        .bind("image", message.links().image().map(Long::valueOf))
        .bind("updated", message.updated())
        .run();
  }

  static List<String> holding(Tx tx, String account, String template) {
    return tx.sql(
            """
            select id from campaign_message
            where account_id = :account and template_id = :template order by id
            """)
        .bind("account", account)
        .bind("template", template)
        .list(row -> row.text("id"));
  }

  private static CampaignMessage message(Row row) {
    var sends = row.maybeInstant("send_time");
    return new CampaignMessage(
        row.text("id"),
        row.text("campaign_id"),
        (ObjectNode) row.json("definition"),
        new CampaignMessage.Links(
            row.maybeText("template_id"), row.maybeNumber("image_id").map(String::valueOf)),
        sends.flatMap(at ->
            SendStrategy.of(row.json("send_strategy")).sendTime(Optional.of(at)).map(List::of)),
        row.instant("created_at"),
        row.instant("updated_at"));
  }
}
