package carillon.campaigns;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.delivery.Ledger;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Takes campaigns from the send job to the last mail, step by step. Any number of nodes may do so:
 * a campaign is leased while it is worked on, each step is a transaction that begins by making sure
 * of the lease, and a step that was lost with its node is done again by another.
 */
final class CampaignRunner {

  private static final Duration LEASE = Duration.ofSeconds(15);

  /** How often it is looked whether all mails of a campaign have left. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Steps before another campaign has its turn. */
  private static final int TURN = 20;

  /** The word of the ledger for people left out because they got another mail lately. */
  private static final String SMART_SENDING = "Smart Sending";

  private final Database db;
  private final Clock clock;
  private final String node;
  private final Accounts accounts;
  private final Audiences audiences;
  private final Ledger ledger;
  private final CampaignStore campaigns;
  private final Progress progress;
  private final FanOut fanOut;

  CampaignRunner(Database db, Clock clock, String node, Neighbours neighbours, int chunk) {
    this.db = db;
    this.clock = clock;
    this.node = node;
    this.accounts = neighbours.accounts();
    this.audiences = neighbours.audiences();
    this.ledger = neighbours.ledger();
    this.campaigns = new CampaignStore(db);
    this.progress = new Progress(db);
    this.fanOut = new FanOut(ledger, chunk);
  }

  /** Works on a campaign until another has its turn; false when none has anything to do. */
  boolean attempt() {
    return run(TURN);
  }

  /** What a step leaves to do. */
  private enum Next {
    MORE,
    WAIT,
    NOTHING
  }

  /**
   * Works on one campaign, for some steps; false when nothing is to be done now. A campaign that
   * fails stays leased for a while, so that it does not keep others waiting.
   */
  boolean run(int steps) {
    var lease = progress.take(node, clock.instant(), LEASE);
    lease.ifPresent(taken -> work(taken, steps));
    return lease.isPresent();
  }

  private void work(Progress.Lease lease, int steps) {
    var next = Next.MORE;
    for (int step = 0; step < steps && next == Next.MORE; step++) {
      next = step(lease);
    }
    var now = clock.instant();
    progress.release(lease, next == Next.WAIT ? now.plus(LOOK) : now);
  }

  private Next step(Progress.Lease lease) {
    var account = accounts.get(lease.account());
    return db.transaction(
        Database.Repeat.SAFE,
        tx -> {
          var now = clock.instant();
          if (!progress.hold(tx, lease, now.plus(LEASE))) {
            return Next.NOTHING;
          }
          var campaign = campaigns.lock(tx, lease.account(), lease.campaign());
          return switch (campaign.status()) {
            case PREPARING_TO_SEND, QUEUED ->
                enter(tx, lease, CampaignStatus.ADDING_RECIPIENTS, "processing");
            case PREPARING_TO_SCHEDULE -> enter(tx, lease, CampaignStatus.SCHEDULED, "queued");
            case SCHEDULED -> begin(tx, lease, campaign, now);
            case ADDING_RECIPIENTS -> addRecipients(tx, lease, account, campaign, now);
            case SENDING -> finish(tx, lease);
            case DRAFT,
                SENDING_SEGMENTS,
                VARIATIONS_SENT,
                SENT,
                CANCELLED,
                NO_RECIPIENTS,
                ALL_SKIPPED,
                ACCOUNT_DISABLED,
                INTERNAL_ERROR,
                BILLING_LIMIT,
                MISCONFIGURED,
                UNKNOWN ->
                Next.NOTHING;
          };
        });
  }

  private Next enter(Tx tx, Progress.Lease lease, CampaignStatus status, String job) {
    progress.status(tx, lease, status, job);
    return Next.MORE;
  }

  private Next begin(Tx tx, Progress.Lease lease, Campaign campaign, Instant now) {
    return campaign.times().send().filter(time -> !time.isAfter(now)).isPresent()
        ? enter(tx, lease, CampaignStatus.QUEUED, "queued")
        : Next.NOTHING;
  }

  /** A segment that was just made has to know its members first. */
  private Next addRecipients(
      Tx tx, Progress.Lease lease, Account account, Campaign campaign, Instant now) {
    if (audiences.areUnready(tx, lease.account(), campaign.plan().audience())) {
      return Next.WAIT;
    }
    var state = progress.fanOut(tx, lease, now);
    var after = fanOut.next(tx, account, campaign, state);
    if (after.isPresent()) {
      progress.fanOut(tx, lease, after.get());
      return Next.MORE;
    }
    if (ledger.standing(tx, lease.account(), lease.campaign()).states().isEmpty()) {
      progress.status(tx, lease, CampaignStatus.NO_RECIPIENTS, "cancelled");
      return Next.NOTHING;
    }
    return enter(tx, lease, CampaignStatus.SENDING, "processing");
  }

  private Next finish(Tx tx, Progress.Lease lease) {
    if (ledger.open(tx, lease.account(), lease.campaign())) {
      return Next.WAIT;
    }
    var standing = ledger.standing(tx, lease.account(), lease.campaign());
    var skippedOnly = standing.states().keySet().equals(Set.of("skipped"));
    var smartOnly = standing.reasons().keySet().equals(Set.of(SMART_SENDING));
    if (skippedOnly && smartOnly) {
      progress.status(tx, lease, CampaignStatus.ALL_SKIPPED, "cancelled");
    } else {
      progress.status(tx, lease, CampaignStatus.SENT, "complete");
    }
    return Next.NOTHING;
  }
}
