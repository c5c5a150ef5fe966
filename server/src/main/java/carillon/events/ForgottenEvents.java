package carillon.events;

import carillon.platform.db.Statement;
import carillon.platform.db.Tx;
import carillon.profiles.Erased;

/**
 * Takes people out of their events. What remains can be counted (the metric, the moment, the value,
 * the mail it is owed to) and belongs to an id that stands for nobody.
 */
final class ForgottenEvents {

  private static final int AT_ONCE = 1_000;

  static int forget(Tx tx, Erased person) {
    forgetSamples(tx, person);
    return attributions(tx, person) + events(tx, person);
  }

  private static int attributions(Tx tx, Erased person) {
    return bound(
            tx.sql(
                """
                with gone as (
                  delete from attribution
                  where (profile_id, event_at, event_seq) in (
                    select profile_id, event_at, event_seq from attribution
                    where account_id = :account and profile_id = any(:ids) limit :most)
                  returning *)
                insert into attribution (account_id, profile_id, event_at, event_seq, metric_id,
                  touch_at, touch_seq, campaign_id, message_id)
                select account_id, :anonymous, event_at, event_seq, metric_id, touch_at, touch_seq,
                  campaign_id, message_id
                from gone
                """),
            person)
        .bind("anonymous", person.anonymousId())
        .run();
  }

  private static int events(Tx tx, Erased person) {
    return bound(
            tx.sql(
                """
                with gone as (
                  delete from event
                  where (profile_id, at, seq) in (
                    select profile_id, at, seq from event
                    where account_id = :account and profile_id = any(:ids)
                    order by profile_id, at, seq limit :most)
                  returning *)
                insert into event
                  (account_id, profile_id, at, seq, metric_id, unique_id, value, properties)
                select account_id, :anonymous, at, seq, metric_id, seq::text, value, '{}'
                from gone
                """),
            person)
        .bind("anonymous", person.anonymousId())
        .run();
  }

  private static Statement bound(Statement statement, Erased person) {
    return statement
        .bind("account", person.account())
        .array("ids", "text", person.ids())
        .bind("most", AT_ONCE);
  }

  /** Values shown as examples of a property may come from the events that are forgotten next. */
  private static void forgetSamples(Tx tx, Erased person) {
    bound(
            tx.sql(
                """
                with told as (
                  select e.metric_id, p.key as property, jsonb_agg(p.value) as samples
                  from (select metric_id, properties from event
                    where account_id = :account and profile_id = any(:ids)
                    order by profile_id, at, seq limit :most) e
                  cross join jsonb_each(e.properties) p
                  group by 1, 2)
                update metric_property m set samples = coalesce((
                    select jsonb_agg(s) from jsonb_array_elements(m.samples) s
                    where not told.samples @> jsonb_build_array(s)), '[]')
                from told
                where m.account_id = :account and m.metric_id = told.metric_id
                  and m.property = told.property
                """),
            person)
        .run();
  }

  private ForgottenEvents() {}
}
