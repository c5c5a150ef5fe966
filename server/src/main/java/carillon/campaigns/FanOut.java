package carillon.campaigns;

import carillon.accounts.Account;
import carillon.delivery.Ledger;
import carillon.platform.db.Statement;
import carillon.platform.db.Tx;
import java.time.Instant;
import java.util.Optional;

/** Hands the recipients of a campaign over to the ledger, some at a time in the order of ids. */
final class FanOut {

  private final Ledger ledger;
  private final int members;

  /** {@code members}: how many are looked at in one transaction. */
  FanOut(Ledger ledger, int members) {
    this.ledger = ledger;
    this.members = members;
  }

  /** Hands the next over; empty when all were. */
  Optional<Progress.FanOutState> next(
      Tx tx, Account account, Campaign campaign, Progress.FanOutState state) {
    return Recipients.next(tx, account.id(), campaign.plan().audience(), state.after(), members)
        .map(part -> {
          var handed = hand(tx, account, campaign, state, part);
          return new Progress.FanOutState(state.began(), part.last(), state.handed() + handed);
        });
  }

  private int hand(
      Tx tx, Account account, Campaign campaign, Progress.FanOutState state, Recipients.Part part) {
    var start = campaign.times().send().orElse(state.began());
    return switch (campaign.plan().strategy()) {
      case SendStrategy.Immediate _, SendStrategy.Static _, SendStrategy.SmartTime _ ->
          people(tx, account, campaign, part, ":start", "").bind("start", start).run();
      case SendStrategy.Throttled throttled ->
          people(
                  tx,
                  account,
                  campaign,
                  part,
                  ":start + make_interval(hours => ((:handed + r.place - 1) % :hours)::int)",
                  "")
              .bind("start", start)
              .bind("handed", state.handed())
              .bind("hours", throttled.hours())
              .run();
      case SendStrategy.Local local -> locals(tx, account, campaign, part, local, state.began());
    };
  }

  private int locals(
      Tx tx,
      Account account,
      Campaign campaign,
      Recipients.Part part,
      SendStrategy.Local local,
      Instant began) {
    var zones = Recipients.zones(tx, account.id(), campaign.plan().audience(), part);
    var times = new LocalTimes(local, account.timezone(), began);
    return people(
            tx,
            account,
            campaign,
            part,
            "z.due",
            "join unnest(:zones, :dues) z (zone, due) on z.zone = r.zone")
        .array("zones", "text", zones)
        .array("dues", "timestamptz", zones.stream().map(times::due).toList())
        .run();
  }

  private Statement people(
      Tx tx, Account account, Campaign campaign, Recipients.Part part, String due, String join) {
    var consignment = new Ledger.Consignment(account.id(), campaign.id(), campaign.message(), true);
    var people =
        "select r.profile_id, r.recipient, %s as due_at from (%s) r %s"
            .formatted(due, Recipients.OF_PART, join);
    return Recipients.bind(
        ledger.enqueue(tx, consignment, people), campaign.plan().audience(), part);
  }
}
