package carillon.people;

import static java.util.stream.Collectors.toMap;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Caller;
import carillon.jsonapi.Field;
import carillon.jsonapi.Json;
import carillon.jsonapi.Relation;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.lists.Lists;
import carillon.lists.MailingList;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Bulk imports and their errors in answers. */
final class ImportTypes {

  static final ResourceType<ImportError> ERROR =
      ResourceType.of(
          "import-error",
          "",
          ImportError::id,
          List.of(
              text("code", ImportError::code),
              text("title", ImportError::title),
              text("detail", ImportError::detail),
              Attribute.of(
                  Schema.struct("source", Schema.text().as("pointer").nullable().preset("/data"))
                      .as("source")
                      .required(),
                  error -> Json.object().put("pointer", error.pointer())),
              Attribute.of(Schema.free().as("original_payload").nullable(), ImportError::payload)));

  private static final List<Attribute<ImportJob>> ATTRIBUTES =
      List.of(
          Attribute.of(
              Schema.choice("cancelled", "complete", "processing", "queued")
                  .as("status")
                  .required(),
              ImportJob::status),
          Attribute.of(Schema.moment().as("created_at").required(), job -> job.times().created()),
          Attribute.of(Schema.whole().as("total_count").required(), ImportJob::total),
          Attribute.of(count("completed_count"), ImportJob::completed),
          Attribute.of(count("failed_count"), ImportJob::failed),
          Attribute.of(moment("completed_at"), job -> job.times().completed().orElse(null)),
          Attribute.of(moment("expires_at"), job -> job.times().expires()),
          Attribute.of(moment("started_at"), job -> job.times().started().orElse(null)));

  static ResourceType<ImportJob> job(Lists lists) {
    return ResourceType.<ImportJob>of(
            "profile-bulk-import-job", "profile-bulk-import-jobs", ImportJob::id, ATTRIBUTES)
        .with(
            List.of(
                Relation.<ImportJob>many("lists", "list")
                    .includable(
                        () -> Lists.LIST, (caller, jobs, _) -> listsOf(lists, caller, jobs)),
                Relation.many("profiles", "profile"),
                Relation.<ImportJob>many("import-errors", "import-error").relatedOnly()));
  }

  private static Map<String, List<MailingList>> listsOf(
      Lists lists, Caller caller, Collection<ImportJob> jobs) {
    return jobs.stream()
        .collect(
            toMap(ImportJob::id, job -> lists.get(caller.account(), job.list().stream().toList())));
  }

  private static Attribute<ImportError> text(String name, Function<ImportError, String> value) {
    return Attribute.of(Schema.text().as(name).required(), value);
  }

  private static Field<Long> count(String name) {
    return Schema.whole().as(name).nullable().preset(0);
  }

  private static Field<Instant> moment(String name) {
    return Schema.moment().as(name).nullable();
  }

  private ImportTypes() {}
}
