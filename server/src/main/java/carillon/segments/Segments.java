package carillon.segments;

import carillon.accounts.Accounts;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Relation;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Queries;
import carillon.platform.db.Tx;
import carillon.platform.work.Background;
import carillon.platform.work.Outbox;
import carillon.platform.work.OutboxSubscriber;
import carillon.platform.work.WakeUp;
import carillon.profiles.Identities;
import carillon.profiles.Profile;
import carillon.tags.Taggable;
import carillon.tags.Tags;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Segments, for the features that use them. */
public final class Segments {

  /** The most people looked at in one transaction of a computation. */
  public static final int CHUNK = 100_000;

  static final ResourceType<Segment> SEGMENT =
      ResourceType.of(
              "segment",
              "segments",
              Segment::id,
              List.<Attribute<Segment>>of(
                  Attribute.of(Schema.text().as("name").nullable(), Segment::name),
                  Attribute.of(
                      SegmentDefinition.SEGMENT_DEFINITION.as("definition").nullable(),
                      Segment::definition),
                  Attribute.of(Schema.moment().as("created").nullable(), Segment::created),
                  Attribute.of(Schema.moment().as("updated").nullable(), Segment::updated),
                  Attribute.of(Schema.bool().as("is_active").required(), Segment::isActive),
                  Attribute.of(Schema.bool().as("is_processing").required(), Segment::isProcessing),
                  Attribute.of(Schema.bool().as("is_starred").required(), Segment::isStarred)))
          .with(
              List.of(
                  Relation.many("profiles", "profile"),
                  Relation.many("tags", "tag"),
                  Relation.many("flow-triggers", "flow")));

  private final Database db;
  private final Clock clock;
  private final Accounts accounts;
  private final SegmentStore store;
  private final MemberStore members;
  private final PostalCodes places;
  private final Drafting drafting;
  private final Refresh refresh;
  private final Computation computation;
  private final Ticker ticker;

  /**
   * What segments stand on.
   *
   * @param node a name no other node has
   * @param places where postal codes lie
   */
  public record Ground(Database db, Clock clock, Ids ids, String node, PostalCodes places) {}

  /** The features segments work with. */
  public record Partners(Accounts accounts, Tags tags, Identities identities, Outbox outbox) {}

  /**
   * Segments on a node.
   *
   * @param chunk the most people looked at in one transaction, such as {@link #CHUNK}
   */
  public Segments(Ground ground, Partners partners, int chunk) {
    var wakeUp = new WakeUp();
    var rosters = new Rosters();
    this.db = ground.db();
    this.clock = ground.clock();
    this.accounts = partners.accounts();
    this.store = new SegmentStore(db, ground.ids());
    this.members = new MemberStore(db, partners.identities());
    this.places = ground.places();
    this.drafting = new Drafting(db, clock, accounts, partners.tags(), store, places, wakeUp::ring);
    this.refresh = new Refresh(clock, partners.outbox(), rosters);
    this.computation =
        new Computation(
            db,
            clock,
            partners.outbox(),
            ground.node(),
            new Pace(chunk, Pace.BESIDE_OTHERS),
            wakeUp);
    this.ticker = new Ticker(ground, partners, drafting, rosters);
  }

  SegmentStore store() {
    return store;
  }

  MemberStore members() {
    return members;
  }

  Drafting drafting() {
    return drafting;
  }

  Previews previews() {
    return new Previews(db, clock, accounts, places);
  }

  /** Segments as a kind of resource that can be tagged. */
  public static Taggable taggable(Database db) {
    return (account, ids) -> SegmentStore.names(db, account, ids).keySet();
  }

  /** Which of the ids belong to segments of the account. */
  public Set<String> existing(String account, Collection<String> ids) {
    return names(account, ids).keySet();
  }

  /** The names of those of the segments that exist, by id. */
  public Map<String, String> names(String account, Collection<String> ids) {
    return SegmentStore.names(db, account, ids);
  }

  /** Which of the segments have never had their members computed, and seem empty. */
  public Set<String> unready(Queries queries, String account, Collection<String> ids) {
    return Set.copyOf(
        queries
            .sql(
                """
                select id from segment where account_id = :account and id = any(:ids)
                  and generation = 0 and computing is not null
                """)
            .bind("account", account)
            .array("ids", "text", ids)
            .list(row -> row.text("id")));
  }

  /** Throws the refusal the API words for a segment that is not there. */
  public void check(String account, String id) {
    store.get(account, id);
  }

  /** The includable relation {@code segments} of profiles. */
  public Relation<Profile> ofProfiles() {
    return Relation.<Profile>many("segments", "segment")
        .includable(
            () -> SEGMENT,
            (caller, profiles, _) ->
                store.segmentsOf(caller.account(), profiles.stream().map(Profile::id).toList()));
  }

  /**
   * An SQL query for the {@code profile_id}s in any of some segments, each profile as often as it
   * is in one of them. It names the parameter {@code :account}.
   *
   * @param segments parameter that holds the segment ids as {@code text[]}; other ids in it do no
   *     harm
   */
  public static String audience(String segments) {
    return """
    select m.profile_id from segment s
    join segment_member m on m.account_id = s.account_id and m.segment_id = s.id
      and m.generation = s.generation
    where s.account_id = :account and s.id = any(%s)
    """
        .formatted(segments);
  }

  /**
   * The same query for the next of them only, each once and in the order of ids.
   *
   * @param after parameter that holds the last id before them
   * @param most parameter that holds how many there may be
   */
  public static String audiencePage(String segments, String after, String most) {
    return """
    select distinct n.profile_id
    from segment s, lateral (
      select m.profile_id from segment_member m
      where m.account_id = :account and m.segment_id = s.id and m.generation = s.generation
        and m.profile_id > %2$s
      order by m.profile_id limit %3$s) n
    where s.account_id = :account and s.id = any(%1$s)
    order by 1 limit %3$s
    """
        .formatted(segments, after, most);
  }

  /** Says that a list is gone, in the transaction that deletes it and before it does. */
  public void listGone(Tx tx, String account, String list) {
    drafting.groupGone(tx, account, list);
  }

  /** Follows what happens to people. */
  public OutboxSubscriber subscriber() {
    return refresh.subscriber();
  }

  /** Starts to compute segments and to follow the time; what is answered ends it. */
  public AutoCloseable start() {
    var started = List.of(computation.start(), ticker.start());
    return () -> started.forEach(Background::close);
  }
}
