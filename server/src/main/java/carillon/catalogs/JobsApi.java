package carillon.catalogs;

import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.RateLimit.L;
import static carillon.jsonapi.RateLimit.XL;

import carillon.catalogs.CatalogJob.Action;
import carillon.catalogs.CatalogJob.Kind;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Body;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Field;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.RateLimit;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Sortable;
import carillon.jsonapi.Values;
import carillon.platform.db.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The operations on jobs: three for each kind of thing and each thing that becomes of it. */
final class JobsApi {

  private static final int MOST_ROWS = 100;
  private static final int PAGE = 100;

  private static final Sortable CREATED = Sortable.moment("created_at", "j.created_at");

  private static final Filterable STATUS =
      Filterable.text("status", "j.status", EQUALS)
          .words("queued", "processing", "complete", "cancelled");

  private static final Schema.Struct ERROR =
      Schema.struct(
          "error",
          Schema.text().as("id").required(),
          Schema.text().as("code").required(),
          Schema.text().as("title").required(),
          Schema.text().as("detail").required(),
          Schema.struct("source", Schema.text().as("pointer").nullable().preset("/data"))
              .as("source")
              .required());

  private static final List<Attribute<CatalogJob>> ATTRIBUTES =
      List.of(
          Attribute.of(
              Schema.choice("cancelled", "complete", "processing", "queued")
                  .as("status")
                  .required(),
              CatalogJob::status),
          Attribute.of(Schema.moment().as("created_at").required(), CatalogJob::created),
          Attribute.of(Schema.whole().as("total_count").required(), CatalogJob::total),
          Attribute.of(count("completed_count"), job -> job.done().size()),
          Attribute.of(count("failed_count"), job -> job.errors().size()),
          Attribute.of(moment("completed_at"), job -> job.completed().orElse(null)),
          Attribute.of(Schema.items(ERROR).as("errors").nullable(), CatalogJob::errors),
          Attribute.of(moment("expires_at"), CatalogJob::expires));

  private final Database db;
  private final JobStore jobs;
  private final ItemStore items;
  private final VariantStore variants;
  private final CategoryStore categories;
  private final Runnable wakeUp;

  /** {@code wakeUp} tells the worker of this node that there is something to do. */
  JobsApi(
      Database db,
      JobStore jobs,
      ItemStore items,
      VariantStore variants,
      CategoryStore categories,
      Runnable wakeUp) {
    this.db = db;
    this.jobs = jobs;
    this.items = items;
    this.variants = variants;
    this.categories = categories;
    this.wakeUp = wakeUp;
  }

  Stream<Operation> operations() {
    return Stream.of(Kind.values())
        .flatMap(kind -> Stream.of(Action.values()).flatMap(action -> operations(kind, action)));
  }

  private Stream<Operation> operations(Kind kind, Action action) {
    var type = type(kind, action);
    var path = "/api/" + type.path();
    var does = action.word() + "_" + kind.many();
    var one = "catalog_%s_bulk_%s_job".formatted(kind.one(), action.word());
    var named =
        "get_bulk_%s_%s_job"
            .formatted(action.word(), kind == Kind.ITEM ? "catalog_items" : kind.many());
    var get =
        reading(
                type.get(named, path + "/{job_id}", "Get a job to " + words(kind, action)),
                kind,
                action)
            .aliases("get_" + does + "_job", "get_" + one);
    return Stream.of(
        reading(
                type.list(named + "s", path, "List the jobs to " + words(kind, action)),
                kind,
                action)
            .aliases("get_" + does + "_jobs", "get_" + one + "s")
            .filter(STATUS)
            .order(CREATED, true)
            .pageOf(PAGE)
            .to(request ->
                Reply.rows(jobs.page(request.account(), kind, action, request.select()))),
        type.start(
                "bulk_%s_catalog_%s".formatted(action.word(), kind.many()),
                path,
                "Start a job to " + words(kind, action))
            .aliases("spawn_" + does + "_job", "create_" + one)
            .group("Catalogs")
            .scopes("catalogs:write")
            .limit(L)
            .body(
                Body.of(type.name())
                    .attributes(
                        Body.nestedMany(kind.many(), resource(kind, action), 1, MOST_ROWS)
                            .required()))
            .to(request -> start(request, kind, action)),
        (action == Action.DELETE ? get : get.include(kind.many()))
            .to(request -> Reply.row(jobs.get(request.account(), kind, action, request.id()))));
  }

  private static String words(Kind kind, Action action) {
    return action.word() + " many " + kind.many();
  }

  private static OperationBuilder reading(OperationBuilder operation, Kind kind, Action action) {
    return operation.group("Catalogs").scopes("catalogs:read").limit(limit(kind, action));
  }

  private static RateLimit limit(Kind kind, Action action) {
    return kind == Kind.CATEGORY || action == Action.DELETE ? XL : L;
  }

  private ResourceType<CatalogJob> type(Kind kind, Action action) {
    var name = "%s-bulk-%s-job".formatted(kind.type(), action.word());
    var to = Relation.<CatalogJob>many(kind.many(), kind.type());
    return ResourceType.of(name, name + "s", CatalogJob::id, ATTRIBUTES)
        .with(List.of(action == Action.DELETE ? to : includable(to, kind)));
  }

  private Relation<CatalogJob> includable(Relation<CatalogJob> relation, Kind kind) {
    return switch (kind) {
      case ITEM -> including(relation, CatalogTypes.item(variants), items::get);
      case VARIANT -> including(relation, CatalogTypes.VARIANT, variants::get);
      case CATEGORY -> including(relation, CatalogTypes.CATEGORY, categories::get);
    };
  }

  private static <R> Relation<CatalogJob> including(
      Relation<CatalogJob> relation,
      ResourceType<R> type,
      BiFunction<String, Collection<String>, List<R>> get) {
    return relation.includable(
        () -> type,
        (caller, all, _) ->
            all.stream()
                .collect(
                    Collectors.<CatalogJob, String, List<R>>toMap(
                        CatalogJob::id, job -> get.apply(caller.account(), job.done()))));
  }

  private static Schema.Struct resource(Kind kind, Action action) {
    return switch (action) {
      case CREATE ->
          switch (kind) {
            case ITEM -> CatalogFields.newItem().resource();
            case VARIANT -> CatalogFields.newVariant().resource();
            case CATEGORY -> CatalogFields.newCategory().resource();
          };
      case UPDATE ->
          switch (kind) {
            case ITEM -> CatalogFields.item().resource();
            case VARIANT -> CatalogFields.variant().resource();
            case CATEGORY -> CatalogFields.category().resource();
          };
      case DELETE -> Body.of(kind.type()).id().resource();
    };
  }

  private Reply start(Request request, Kind kind, Action action) {
    var rows = request.attributes().in(kind.many()).node().get("data");
    var faults = new ArrayList<Fault>();
    for (int i = 0; i < rows.size(); i++) {
      var row = new Values((ObjectNode) rows.get(i));
      faults.addAll(CatalogFields.faults(row, JobRunner.pointer(kind, i)));
    }
    if (!faults.isEmpty()) {
      throw new ApiError(faults);
    }
    return Reply.row(
        db.<CatalogJob>transaction(tx -> {
          var job = jobs.create(tx, request.account(), kind, action, rows);
          tx.afterCommit(wakeUp);
          return job;
        }));
  }

  private static Field<Long> count(String name) {
    return Schema.whole().as(name).nullable().preset(0);
  }

  private static Field<Instant> moment(String name) {
    return Schema.moment().as(name).nullable();
  }
}
