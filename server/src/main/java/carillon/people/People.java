package carillon.people;

import carillon.jsonapi.Operation;
import carillon.lists.Lists;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.platform.http.Streams;
import carillon.platform.work.Background;
import carillon.platform.work.WakeUp;
import carillon.profiles.Erased;
import carillon.profiles.Erasures;
import carillon.profiles.Identities;
import carillon.profiles.Profiles;
import java.time.Clock;
import java.util.stream.Stream;

/** People in and out of an account, in bulk. */
public final class People {

  /** Rows of a bulk import worked off in one transaction. */
  public static final int CHUNK = 500;

  private final ImportJobsApi jobs;
  private final PrivacyApi privacy;
  private final PeopleStreams files;
  private final Background background;

  /** What it stands on; {@code node} is a name no other node has. */
  public record Ground(Database db, Clock clock, Ids ids, String node) {}

  /** The features it works with. */
  public record Partners(
      Profiles profiles, Identities identities, Lists lists, Erasures erasures) {}

  /** Prepares everything; {@link #start} begins to work. */
  public People(Ground ground, Partners partners, int chunk) {
    var db = ground.db();
    var clock = ground.clock();
    var wakeUp = new WakeUp();
    this.jobs =
        new ImportJobsApi(
            db,
            new ImportStore(db, clock, ground.ids(), chunk),
            partners.profiles(),
            partners.lists(),
            wakeUp::ring);
    this.files =
        new PeopleStreams(
            new CsvImport(db, partners.identities(), partners.lists()),
            new CsvExport(db, partners.lists()),
            new PersonExport(
                db, clock, partners.profiles(), partners.identities(), partners.lists()));
    this.privacy = new PrivacyApi(partners.erasures(), wakeUp::ring);
    this.background =
        new Background(
            "people",
            wakeUp,
            new ImportRunner(
                db,
                clock,
                ground.ids(),
                partners.identities(),
                partners.lists(),
                new ImportLeases(db, clock, ground.node())),
            partners.erasures()::attempt,
            new ImportPruning(db, clock));
  }

  public Stream<Operation> operations() {
    return Stream.concat(jobs.operations(), privacy.operations());
  }

  /** Forgets the rows of somebody that bulk imports refused. */
  public static int forget(Tx tx, Erased person) {
    return ForgottenImports.forget(tx, person);
  }

  /** Adds files and the export of one person. */
  public void addTo(Streams streams) {
    files.addTo(streams);
  }

  /** Begins to work in the background, until what is answered is closed. */
  public AutoCloseable start() {
    return background.start();
  }
}
