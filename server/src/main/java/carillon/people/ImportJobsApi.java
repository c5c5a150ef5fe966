package carillon.people;

import static carillon.jsonapi.Op.ANY;
import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.RateLimit.M;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Body;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Slice;
import carillon.jsonapi.Sortable;
import carillon.jsonapi.Values;
import carillon.lists.Lists;
import carillon.platform.db.Database;
import carillon.profiles.ProfileFields;
import carillon.profiles.ProfilePart;
import carillon.profiles.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The operations on bulk imports. */
final class ImportJobsApi {

  private static final int MOST_ROWS = 10_000;
  private static final int MOST_FAULTS = 100;
  private static final String JOBS = "/api/profile-bulk-import-jobs";
  private static final Sortable CREATED = Sortable.moment("created_at", "j.created_at");

  private final Database db;
  private final ImportStore store;
  private final Profiles profiles;
  private final Lists lists;
  private final Runnable wakeUp;

  /** {@code wakeUp} tells the worker of this node that there is something to do. */
  ImportJobsApi(Database db, ImportStore store, Profiles profiles, Lists lists, Runnable wakeUp) {
    this.db = db;
    this.store = store;
    this.profiles = profiles;
    this.lists = lists;
    this.wakeUp = wakeUp;
  }

  Stream<Operation> operations() {
    return Stream.of(jobs(), related()).flatMap(all -> all);
  }

  private Stream<Operation> jobs() {
    var type = ImportTypes.job(lists);
    return Stream.of(
        declared(
                type.list("get_bulk_import_profiles_jobs", JOBS, "List the bulk imports"),
                "lists:read",
                "profiles:read")
            .aliases("get_bulk_profile_import_jobs", "get_profile_bulk_import_jobs")
            .filter(
                Filterable.text("status", "j.status", EQUALS)
                    .list(ANY, EQUALS)
                    .words("queued", "processing", "complete"))
            .sort(CREATED)
            .order(CREATED, true)
            .page(20, 100)
            .to(request -> Reply.rows(store.page(request.account(), request.select()))),
        declared(
                type.start(
                    "bulk_import_profiles",
                    JOBS,
                    "Create or update many profiles in the background"),
                "lists:write",
                "profiles:write")
            .aliases("spawn_bulk_profile_import_job", "create_profile_bulk_import_job")
            .body(body())
            .to(this::create),
        declared(
                type.get("get_bulk_import_profiles_job", JOBS + "/{job_id}", "Get a bulk import"),
                "lists:read",
                "profiles:read")
            .aliases("get_bulk_profile_import_job", "get_profile_bulk_import_job")
            .include("lists")
            .to(request -> Reply.row(store.get(request.account(), request.id()))));
  }

  private static Body body() {
    return Body.of("profile-bulk-import-job")
        .attributes(Body.nestedMany("profiles", ProfileFields.upsert(), 1, MOST_ROWS).required())
        .relationships(
            Schema.struct("list", Schema.items(Body.identifier("list")).size(0, 1).as("data"))
                .as("lists"));
  }

  private Reply create(Request request) {
    var rows = rows(request);
    refuseFaulty(rows);
    var list = request.relatedMany("lists").stream().flatMap(List::stream).findFirst();
    list.ifPresent(id -> lists.check(request.account(), id));
    return Reply.row(
        db.<ImportJob>transaction(tx -> {
          var job = store.create(tx, request.account(), rows, list);
          tx.afterCommit(wakeUp);
          return job;
        }));
  }

  private static List<ObjectNode> rows(Request request) {
    var rows = new ArrayList<ObjectNode>();
    request
        .attributes()
        .in("profiles")
        .node()
        .get("data")
        .forEach(row -> rows.add((ObjectNode) row));
    return rows;
  }

  /** What is wrong with any row refuses all of them. */
  private static void refuseFaulty(List<ObjectNode> rows) {
    var faults = new ArrayList<Fault>();
    for (int i = 0; i < rows.size() && faults.size() < MOST_FAULTS; i++) {
      ProfilePart.fault(new Values(rows.get(i)), "/data/attributes/profiles/data/" + i)
          .ifPresent(faults::add);
    }
    if (!faults.isEmpty()) {
      throw new ApiError(faults);
    }
  }

  private Stream<Operation> related() {
    return Stream.of(
        declared(
                Lists.LIST.list(
                    "get_list_for_bulk_import_profiles_job",
                    JOBS + "/{id}/lists",
                    "Get the list a bulk import adds to"),
                "lists:read")
            .aliases(
                "get_bulk_profile_import_job_lists",
                "get_lists_for_profile_bulk_import_job",
                "get_profile_bulk_import_job_lists")
            .to(request -> Reply.rows(lists.get(request.account(), listOf(request)))),
        declared(
                Lists.LIST.linkages(
                    "get_list_ids_for_bulk_import_profiles_job",
                    JOBS + "/{id}/relationships/lists",
                    "Get the id of the list a bulk import adds to"),
                "lists:read")
            .aliases(
                "get_bulk_profile_import_job_relationships_lists",
                "get_list_ids_for_profile_bulk_import_job",
                "get_profile_bulk_import_job_relationships_lists")
            .to(request -> Reply.ids(listOf(request))),
        declared(
                Profiles.TYPE.list(
                    "get_profiles_for_bulk_import_profiles_job",
                    JOBS + "/{id}/profiles",
                    "List the profiles a bulk import made or changed"),
                "profiles:read")
            .aliases(
                "get_bulk_profile_import_job_profiles",
                "get_profile_bulk_import_job_profiles",
                "get_profiles_for_profile_bulk_import_job")
            .additional("profile", "subscriptions", "predictive_analytics")
            .page(20, 100)
            .to(this::profiles),
        declared(
                Profiles.TYPE.linkages(
                    "get_profile_ids_for_bulk_import_profiles_job",
                    JOBS + "/{id}/relationships/profiles",
                    "List the ids of the profiles a bulk import made or changed"),
                "profiles:read")
            .aliases(
                "get_bulk_profile_import_job_relationships_profiles",
                "get_profile_bulk_import_job_relationships_profiles",
                "get_profile_ids_for_profile_bulk_import_job")
            .page(20, 100)
            .to(request ->
                new Reply.Ids(
                    store.profileIds(request.account(), known(request), request.select()))),
        declared(
                ImportTypes.ERROR.list(
                    "get_errors_for_bulk_import_profiles_job",
                    JOBS + "/{id}/import-errors",
                    "List the rows a bulk import refused"),
                "profiles:read")
            .aliases(
                "get_bulk_profile_import_job_import_errors",
                "get_import_errors_for_profile_bulk_import_job",
                "get_profile_bulk_import_job_import_errors")
            .page(20, 100)
            .to(request ->
                Reply.rows(store.errors(request.account(), known(request), request.select()))));
  }

  private Reply profiles(Request request) {
    var page = store.profiles(request.account(), known(request), request.select());
    var told = profiles.told(request.account(), page.rows(), request.select());
    return Reply.rows(new Slice<>(told, page.next(), page.prev()));
  }

  private String known(Request request) {
    return store.get(request.account(), request.id()).id();
  }

  private List<String> listOf(Request request) {
    return store.get(request.account(), request.id()).list().stream().toList();
  }

  private static OperationBuilder declared(OperationBuilder operation, String... scopes) {
    return operation.group("Profiles").scopes(scopes).limit(M);
  }
}
