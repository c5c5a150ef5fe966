package carillon.campaigns;

import carillon.delivery.MessageSource;
import carillon.platform.db.Database;
import carillon.platform.work.Background;
import carillon.platform.work.WakeUp;
import carillon.tags.Taggable;
import carillon.templates.TemplateUse;
import java.time.Clock;

/** Campaigns, for the features and nodes that have to do with them. */
public final class Campaigns {

  /** Members of an audience looked at in one transaction. */
  public static final int CHUNK = 5_000;

  private final Estimations estimations;
  private final SendJobs sendJobs;
  private final CampaignRunner runner;
  private final Background background;
  private final Mailings mailings;

  /**
   * Campaigns on a node.
   *
   * @param node a name no other node has
   * @param chunk members of an audience looked at in one transaction, such as {@link #CHUNK}
   */
  public Campaigns(Database db, Clock clock, String node, Neighbours neighbours, int chunk) {
    var wakeUp = new WakeUp();
    this.estimations = new Estimations(db, clock, neighbours.accounts(), wakeUp::ring);
    this.sendJobs = new SendJobs(db, clock, neighbours, wakeUp::ring);
    this.runner = new CampaignRunner(db, clock, node, neighbours, chunk);
    this.background = new Background("campaigns", wakeUp, runner::attempt, estimations::runOne);
    this.mailings = new Mailings(db, neighbours);
  }

  /** Campaigns as a kind of resource that can be tagged. */
  public static Taggable taggable(Database db) {
    return (account, ids) -> CampaignStore.existing(db, account, ids);
  }

  /**
   * Tells which messages hold a template. That can only be a snapshot: what an author assigns is
   * copied, so a template of the library is never held and may always be deleted.
   */
  public static TemplateUse templateUse() {
    return (tx, account, template) ->
        MessageStore.holding(tx, account, template).stream()
            .map(message -> "CampaignMessage " + message)
            .toList();
  }

  /**
   * Whom a campaign would reach if it were sent now.
   *
   * @throws carillon.jsonapi.ApiError when it cannot be sent
   */
  public Reach reach(String account, String id) {
    sendJobs.check(account, id);
    return estimations.reach(account, id);
  }

  /** What the messages of campaigns say, for delivery. */
  public MessageSource mailings() {
    return mailings;
  }

  /** Begins to work in the background, until what is answered is closed. */
  public AutoCloseable start() {
    return background.start();
  }

  SendJobs sendJobs() {
    return sendJobs;
  }

  Estimations estimations() {
    return estimations;
  }

  CampaignRunner runner() {
    return runner;
  }
}
