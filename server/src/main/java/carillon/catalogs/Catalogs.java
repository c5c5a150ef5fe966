package carillon.catalogs;

import carillon.events.Events;
import carillon.jsonapi.Operation;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.work.Background;
import carillon.platform.work.WakeUp;
import carillon.profiles.Identities;
import java.time.Clock;
import java.util.stream.Stream;

/** What a shop sells, and who waits for it. */
public final class Catalogs {

  private final ItemsApi items;
  private final VariantsApi variants;
  private final CategoriesApi categories;
  private final JobsApi jobs;
  private final BackInStockApi waiting;
  private final Background background;

  /** Prepares everything; {@link #start} begins to work. */
  public Catalogs(Database db, Clock clock, Ids ids, Identities identities, Events events) {
    var wakeUp = new WakeUp();
    var itemStore = new ItemStore(db, clock);
    var variantStore = new VariantStore(db, clock);
    var categoryStore = new CategoryStore(db, clock);
    var jobStore = new JobStore(db, clock, ids);
    this.items = new ItemsApi(db, itemStore, variantStore, categoryStore);
    this.variants = new VariantsApi(db, variantStore);
    this.categories = new CategoriesApi(db, itemStore, variantStore, categoryStore);
    this.jobs = new JobsApi(db, jobStore, itemStore, variantStore, categoryStore, wakeUp::ring);
    this.waiting = new BackInStockApi(db, identities, new BackInStock(clock, events));
    this.background =
        new Background(
            "catalogs",
            wakeUp,
            new JobRunner(db, ids, jobStore, itemStore, variantStore, categoryStore),
            new JobPruning(clock, jobStore));
  }

  public Stream<Operation> operations() {
    return Stream.of(
            items.operations(),
            variants.operations(),
            categories.operations(),
            jobs.operations(),
            waiting.operations())
        .flatMap(all -> all);
  }

  /** Begins to work in the background, until what is answered is closed. */
  public AutoCloseable start() {
    return background.start();
  }
}
