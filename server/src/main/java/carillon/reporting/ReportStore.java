package carillon.reporting;

import static java.util.stream.Collectors.toMap;

import carillon.platform.db.Database;
import carillon.platform.db.Row;
import carillon.platform.work.Lanes;
import carillon.reporting.CampaignMessage.Named;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What reports are made of, in the database. */
final class ReportStore {

  private final Database db;

  ReportStore(Database db) {
    this.db = db;
  }

  /** All messages of the account that may have been sent. */
  List<CampaignMessage> messages(String account) {
    return db.sql(
            """
            select c.id as campaign_id, m.id, c.channel,
              coalesce(nullif(m.definition->>'label', ''), c.name) as name,
              g.ids as audience_ids, g.names as audience_names, t.ids as tag_ids,
              t.names as tag_names
            from campaign c
            join campaign_message m on m.account_id = c.account_id and m.campaign_id = c.id
            cross join lateral (
              select array_agg(a.id order by a.place) as ids,
                array_agg(coalesce(l.name, '') order by a.place) as names
              from jsonb_array_elements_text(c.audiences->'included')
                with ordinality a (id, place)
              left join list l on l.account_id = c.account_id and l.id = a.id) g
            cross join lateral (
              select array_agg(t.id::text order by t.name) as ids,
                array_agg(t.name order by t.name) as names
              from tagging r
              join tag t on t.account_id = r.account_id and t.id = r.tag_id
              where r.account_id = c.account_id and r.kind = 'campaign' and r.resource_id = c.id) t
            where c.account_id = :account and c.status <> 'Draft'
            """)
        .bind("account", account)
        .list(ReportStore::message);
  }

  private static CampaignMessage message(Row row) {
    return new CampaignMessage(
        row.text("campaign_id"),
        row.text("id"),
        row.text("name"),
        row.text("channel"),
        named(row.texts("audience_ids"), row.texts("audience_names")),
        named(row.texts("tag_ids"), row.texts("tag_names")));
  }

  private static List<Named> named(List<String> ids, List<String> names) {
    return IntStream.range(0, ids.size())
        .mapToObj(i -> new Named(ids.get(i), names.get(i)))
        .toList();
  }

  /** What was sent of these campaigns, by message; the index is probed campaign by campaign. */
  Map<String, Sent> sent(String account, Collection<String> campaigns, Span span) {
    return db
        .sql(
            """
            select s.* from unnest(:campaigns) c (id)
            cross join lateral (
              select m.source_id, count(*) as recipients,
                count(*) filter (where m.state = 'bounced' or m.bounced_at is not null) as bounced,
                count(*) filter (where m.state = 'failed' and m.bounced_at is null) as failed,
                sum(m.opens) as opens, count(*) filter (where m.opens > 0) as openers,
                sum(m.clicks) as clicks, count(*) filter (where m.clicks > 0) as clickers,
                count(m.unsubscribed_at) as unsubscribers, count(m.complained_at) as complaints
              from message m
              where m.account_id = :account and m.campaign_id = c.id and m.sent_at >= :from
                and m.sent_at < :to
              group by m.source_id) s
            """)
        .bind("account", account)
        .array("campaigns", "text", campaigns)
        .bind("from", span.from())
        .bind("to", span.to())
        .list(row -> Map.entry(row.text("source_id"), sent(row)))
        .stream()
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Sent sent(Row row) {
    return new Sent(
        row.number("recipients"),
        row.number("bounced"),
        row.number("failed"),
        row.number("opens"),
        row.number("openers"),
        row.number("clicks"),
        row.number("clickers"),
        row.number("unsubscribers"),
        row.number("complaints"));
  }

  /** The events of a metric that are owed to what was sent then, by message, whenever they came. */
  Map<String, Owed> owed(String account, Collection<String> campaigns, Span span, String metric) {
    return db
        .sql(
            """
            select a.message_id, count(*) as conversions, count(distinct a.profile_id) as people,
              coalesce(sum(e.value), 0) as value
            from attribution a
            join message m on m.lane = %s and m.profile_id = a.profile_id
              and m.source_id = a.message_id and m.account_id = a.account_id
            join event e on e.profile_id = a.profile_id and e.at = a.event_at
              and e.seq = a.event_seq
            where a.account_id = :account and a.campaign_id = any(:campaigns)
              and a.metric_id = :metric and m.sent_at >= :from and m.sent_at < :to
            group by a.message_id
            """
                .formatted(Lanes.sql("a.profile_id")))
        .bind("account", account)
        .array("campaigns", "text", campaigns)
        .bind("metric", metric)
        .bind("from", span.from())
        .bind("to", span.to())
        .list(row -> Map.entry(row.text("message_id"), owed(row)))
        .stream()
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Owed owed(Row row) {
    return new Owed(
        row.number("conversions"), row.number("people"), row.decimal("value").doubleValue());
  }
}
