package carillon.lists;

import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.RateLimit.L;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Body;
import carillon.jsonapi.Field;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Sortable;
import carillon.jsonapi.Values;
import carillon.lists.SuppressionJob.Action;
import carillon.lists.SuppressionJob.Whom;
import carillon.profiles.Emails;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.node.ObjectNode;

/** The operations on suppress and unsuppress jobs. */
public final class SuppressionApi {

  private static final int MOST_PROFILES = 100;
  private static final int PAGE = 50;
  private static final String[] STATUSES = {"queued", "processing", "complete", "cancelled"};
  private static final Sortable CREATED = Sortable.moment("created", "j.created_at");
  private static final Field<String> EMAIL =
      Schema.text().checked(Emails::fault).as("email").required().tidied(Emails::tidy);

  private final SuppressionJobs jobs;

  public SuppressionApi(SuppressionJobs jobs) {
    this.jobs = jobs;
  }

  public Stream<Operation> operations() {
    return Stream.concat(
        operations(Action.SUPPRESS, "create", "suppress", "profiles:write"),
        operations(Action.UNSUPPRESS, "delete", "unsuppress"));
  }

  /** The three operations of a kind of job, which differ in little. */
  private Stream<Operation> operations(
      Action action, String word, String verb, String... moreScopes) {
    var type = type("profile-suppression-bulk-" + word + "-job");
    var path = "/api/" + type.path();
    var alias = "profile_suppression_bulk_" + word + "_job";
    return Stream.of(
        reading(
                type.list(
                    "get_bulk_" + verb + "_profiles_jobs", path, "List the jobs that " + verb))
            .aliases("get_" + alias + "s")
            .filter(
                Filterable.text("status", "j.status", EQUALS).words(STATUSES),
                Filterable.text("list_id", "j.list_id", EQUALS),
                Filterable.text("segment_id", "j.segment_id", EQUALS))
            .sort(CREATED)
            .order(CREATED, true)
            .pageOf(PAGE)
            .to(request ->
                Reply.rows(jobs.store().page(request.account(), action, request.select()))),
        type.start(
                "bulk_" + verb + "_profiles",
                path,
                action == Action.SUPPRESS ? "Suppress profiles" : "End what a user suppressed")
            .group("Profiles")
            .aliases(verb + "_profiles", "create_" + alias)
            .scopes(
                Stream.concat(Stream.of(moreScopes), Stream.of("subscriptions:write"))
                    .toArray(String[]::new))
            .limit(L)
            .body(body(type.name()))
            .to(request -> Reply.row(jobs.begin(request.account(), action, whom(request)))),
        reading(
                type.get(
                    "get_bulk_" + verb + "_profiles_job",
                    path + "/{job_id}",
                    "Get a job that does " + verb))
            .aliases("get_" + alias)
            .to(request -> Reply.row(jobs.store().get(request.account(), action, request.id()))));
  }

  private static OperationBuilder reading(OperationBuilder operation) {
    return operation.group("Profiles").scopes("subscriptions:read").limit(L);
  }

  private static ResourceType<SuppressionJob> type(String name) {
    return ResourceType.of(
            name,
            name + "s",
            SuppressionJob::id,
            List.<Attribute<SuppressionJob>>of(
                Attribute.of(
                    Schema.choice("cancelled", "complete", "processing", "queued")
                        .as("status")
                        .required(),
                    SuppressionJob::status),
                Attribute.of(
                    Schema.moment().as("created_at").required(), SuppressionJob::createdAt),
                Attribute.of(Schema.whole().as("total_count").required(), SuppressionJob::total),
                Attribute.of(
                    Schema.whole().as("completed_count").nullable().preset(0),
                    SuppressionJob::completed),
                Attribute.of(
                    Schema.moment().as("completed_at").nullable(),
                    job -> job.completedAt().orElse(null)),
                Attribute.of(
                    Schema.whole().as("skipped_count").nullable().preset(0),
                    SuppressionJob::skipped)))
        .with(
            List.of(
                Relation.<SuppressionJob>many("lists", "list")
                    .inlined(job -> job.whom().list().stream().toList()),
                Relation.<SuppressionJob>many("segments", "segment")
                    .inlined(job -> job.whom().segment().stream().toList())));
  }

  private static Body body(String name) {
    var profile = Body.of("profile").attributes(EMAIL).resource();
    return Body.of(name)
        .attributes(Body.nestedMany("profiles", profile, 0, MOST_PROFILES).nullable())
        .relationships(Body.one("list", "list"), Body.one("segment", "segment"));
  }

  private static Whom whom(Request request) {
    var emails = emails(request.attributes());
    var whom = new Whom(emails, request.related("list"), request.related("segment"));
    var named =
        (emails.isEmpty() ? 0 : 1)
            + (int) whom.list().stream().count()
            + (int) whom.segment().stream().count();
    if (named != 1) {
      throw ApiError.invalid(
          "/data", "Exactly one of profiles, a list and a segment must be given.");
    }
    return whom;
  }

  private static List<String> emails(Values attributes) {
    var data = attributes.in("profiles").node().path("data");
    return StreamSupport.stream(data.spliterator(), false)
        .map(one -> new Values((ObjectNode) one).in("attributes").get(EMAIL))
        .toList();
  }
}
