package carillon.delivery;

import carillon.platform.db.Tx;
import carillon.platform.work.Lanes;
import carillon.profiles.Erased;

/**
 * Takes people out of the ledger and the mails that were kept. What was sent stays counted; what
 * was not sent yet no longer will be.
 */
public final class ForgottenMails {

  /** Forgets somebody; what is being sent right now is left to the next sweep. */
  public static int forget(Tx tx, Erased person) {
    forgetLetters(tx, person);
    return person.ids().stream().mapToInt(id -> ledger(tx, person, id)).sum() + kept(tx, person);
  }

  private static int ledger(Tx tx, Erased person, String profile) {
    return tx.sql(
            """
            with gone as (
              delete from message
              where lane = :lane and profile_id = :profile and account_id = :account
                and (state <> 'queued' or leased_by is null)
              returning *)
            insert into message (lane, profile_id, source_id, account_id, campaign_id, channel,
              recipient, marketing, state, due_at, attempts, tried_at, created_at, sent_at, opens,
              opened_at, clicks, clicked_at, machine_opens, bounced_at,
              bounce, complained_at, unsubscribed_at)
            select :newLane, :anonymous, source_id, account_id, campaign_id, channel, '', marketing,
              case when state = 'queued' then 'cancelled' else state end, due_at, attempts,
              tried_at, created_at, sent_at, opens, opened_at, clicks, clicked_at, machine_opens,
              bounced_at, bounce, complained_at, unsubscribed_at
            from gone
            on conflict do nothing
            """)
        .bind("lane", Lanes.of(profile))
        .bind("profile", profile)
        .bind("account", person.account())
        .bind("newLane", Lanes.of(person.anonymousId()))
        .bind("anonymous", person.anonymousId())
        .run();
  }

  private static int kept(Tx tx, Erased person) {
    return tx.sql(
            """
            delete from kept_mail
            where account_id = :account and string_to_array(lower(recipient), ', ') && :emails
            """)
        .bind("account", person.account())
        .array("emails", "text", person.emails())
        .run();
  }

  /** Letters wait under an id of their own, for there may be no profile. */
  private static void forgetLetters(Tx tx, Erased person) {
    for (var table : new String[] {"outbox", "outbox_set_aside"}) {
      tx.sql(
              """
              delete from %s where account_id = :account and kind = :kind
                and lower(payload ->> 'recipient') = any(:emails)
              """
                  .formatted(table))
          .bind("account", person.account())
          .bind("kind", Letters.KIND)
          .array("emails", "text", person.emails())
          .run();
    }
  }

  private ForgottenMails() {}
}
