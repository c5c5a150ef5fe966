package carillon.catalogs;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Body;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Json;
import carillon.jsonapi.Values;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.platform.work.Background;
import java.util.ArrayList;
import tools.jackson.databind.node.ArrayNode;

/**
 * Works jobs off, each in one transaction: a crash at any moment loses nothing and repeats nothing.
 */
final class JobRunner implements Background.Task {

  private final Database db;
  private final Ids ids;
  private final JobStore jobs;
  private final ItemStore items;
  private final VariantStore variants;
  private final CategoryStore categories;

  JobRunner(
      Database db,
      Ids ids,
      JobStore jobs,
      ItemStore items,
      VariantStore variants,
      CategoryStore categories) {
    this.db = db;
    this.ids = ids;
    this.jobs = jobs;
    this.items = items;
    this.variants = variants;
    this.categories = categories;
  }

  /** A job that throws is leased for a while, so that it does not keep others waiting. */
  @Override
  public boolean attempt() {
    var lease = jobs.take();
    lease.ifPresent(taken ->
        db.transact(
            Database.Repeat.SAFE,
            tx -> jobs.work(tx, taken).ifPresent(work -> work(tx, taken, work))));
    return lease.isPresent();
  }

  private void work(Tx tx, JobStore.Lease lease, JobStore.Work work) {
    var done = new ArrayList<String>();
    var errors = Json.MAPPER.createArrayNode();
    for (int i = 0; i < work.rows().size(); i++) {
      try {
        done.add(work(tx, lease.account(), work, work.rows().get(i)));
      } catch (ApiError e) {
        tell(errors, e.faults().getFirst(), pointer(work.kind(), i));
      }
    }
    jobs.complete(tx, lease, done, errors);
  }

  /** Does one, or writes nothing and throws an {@link ApiError}. */
  private String work(Tx tx, String account, JobStore.Work work, Values row) {
    return switch (work.action()) {
      case CREATE ->
          switch (work.kind()) {
            case ITEM -> items.create(tx, account, row).id();
            case VARIANT -> variants.create(tx, account, row).id();
            case CATEGORY -> categories.create(tx, account, row).id();
          };
      case UPDATE -> {
        var id = row.get(Body.ID);
        switch (work.kind()) {
          case ITEM -> items.update(tx, account, id, row);
          case VARIANT -> variants.update(tx, account, id, row);
          case CATEGORY -> categories.update(tx, account, id, row);
        }
        yield id;
      }
      case DELETE -> {
        var id = row.get(Body.ID);
        switch (work.kind()) {
          case ITEM -> items.delete(tx, account, id);
          case VARIANT -> variants.delete(tx, account, id);
          case CATEGORY -> categories.delete(tx, account, id);
        }
        yield id;
      }
    };
  }

  /** Where a row stands in the request. */
  static String pointer(CatalogJob.Kind kind, int row) {
    return "/data/attributes/" + kind.many() + "/data/" + row;
  }

  private void tell(ArrayNode errors, Fault fault, String pointer) {
    errors
        .addObject()
        .put("id", ids.uuid().toString())
        .put("code", fault.code().word())
        .put("title", fault.code().title())
        .put("detail", fault.detail())
        .putObject("source")
        .put("pointer", pointer);
  }
}
