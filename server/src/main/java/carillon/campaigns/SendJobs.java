package carillon.campaigns;

import carillon.accounts.Accounts;
import carillon.delivery.Ledger;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Send jobs: they set a campaign going and stop it. The job has the id of its campaign. */
final class SendJobs {

  private final Database db;
  private final Clock clock;
  private final Accounts accounts;
  private final Ledger ledger;
  private final CampaignStore campaigns;
  private final MessageStore messages;
  private final Progress progress;
  private final SendChecks checks;
  private final BestHour bestHour;
  private final Runnable wakeUp;

  /** {@code wakeUp} tells the runner of this node that there is something to do. */
  SendJobs(Database db, Clock clock, Neighbours neighbours, Runnable wakeUp) {
    this.db = db;
    this.clock = clock;
    this.accounts = neighbours.accounts();
    this.ledger = neighbours.ledger();
    this.campaigns = new CampaignStore(db);
    this.messages = new MessageStore(db);
    this.progress = new Progress(db);
    this.checks = new SendChecks(neighbours);
    this.bestHour = new BestHour(db);
    this.wakeUp = wakeUp;
  }

  Job get(String account, String id) {
    campaigns.get(account, id);
    return progress
        .jobStatus(account, id)
        .map(status -> new Job(id, status))
        .orElseThrow(() -> ApiError.missing("A", "campaign send job", id));
  }

  Job start(String account, String id) {
    var shop = accounts.get(account);
    var draft = campaigns.get(account, id);
    refuseSent(draft);
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    checks.check(shop, draft, messages.get(account, draft.message()), now);
    var hour = bestHour.of(shop, now);
    db.transact(tx -> {
      var campaign = campaigns.lock(tx, account, id);
      refuseSent(campaign);
      if (!campaign.times().updated().equals(draft.times().updated())) {
        throw ApiError.conflict("The campaign was changed by another request. Try again.");
      }
      var start = campaign.plan().strategy().start(now, shop.timezone(), hour);
      progress.begin(tx, account, campaign, now, start.isBefore(now) ? now : start);
      tx.afterCommit(wakeUp);
    });
    return new Job(id, "queued");
  }

  /** Refuses what {@link #start} would refuse now. */
  void check(String account, String id) {
    var draft = campaigns.get(account, id);
    refuseSent(draft);
    checks.check(
        accounts.get(account), draft, messages.get(account, draft.message()), clock.instant());
  }

  private static void refuseSent(Campaign campaign) {
    if (campaign.status() != CampaignStatus.DRAFT) {
      throw ApiError.of(
          Fault.Code.INVALID,
          "Campaign '%s' is '%s'; only a draft can be sent."
              .formatted(campaign.id(), campaign.status().word()));
    }
  }

  /** What was sent stays sent; nothing more goes out, ever. */
  void cancel(String account, String id) {
    stop(
        account,
        id,
        (tx, now) -> {
          ledger.cancel(tx, account, id);
          progress.cancelled(tx, account, id, now);
        });
  }

  /** A draft again. Who got the mail already will not get it twice, whatever becomes of it. */
  void revert(String account, String id) {
    stop(
        account,
        id,
        (tx, now) -> {
          ledger.withdraw(tx, account, id);
          ledger.cancel(tx, account, id);
          progress.reverted(tx, account, id, now);
        });
  }

  private interface Stop {
    void apply(Tx tx, Instant now);
  }

  private void stop(String account, String id, Stop stop) {
    db.transact(
        Database.Repeat.SAFE,
        tx -> {
          var campaign = campaigns.lock(tx, account, id);
          if (!CampaignStatus.UNDER_WAY.contains(campaign.status())) {
            throw ApiError.of(
                Fault.Code.INVALID,
                "Campaign '%s' is '%s'; there is no send job to stop."
                    .formatted(id, campaign.status().word()));
          }
          stop.apply(tx, clock.instant());
        });
  }
}
