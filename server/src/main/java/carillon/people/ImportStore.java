package carillon.people;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Json;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Tx;
import carillon.profiles.Profile;
import carillon.profiles.Profiles;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bulk imports in the database, as they are asked for and told. */
final class ImportStore {

  private static final Duration KEPT = Duration.ofDays(7);
  private static final String JOBS =
      "select " + ImportJob.COLUMNS + " from import_job j where j.account_id = :account";

  private final Database db;
  private final Clock clock;
  private final Ids ids;
  private final int chunk;

  /** {@code chunk}: rows worked off in one transaction. */
  ImportStore(Database db, Clock clock, Ids ids, int chunk) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
    this.chunk = chunk;
  }

  ImportJob create(Tx tx, String account, List<ObjectNode> rows, Optional<String> list) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var id = id(account, now);
    var job =
        tx.sql(
                """
                insert into import_job as j (account_id, id, list_id, status, total, created_at,
                  expires_at)
                values (:account, :id, :list, 'queued', :total, :now, :expires)
                returning
                """
                    + ImportJob.COLUMNS)
            .bind("account", account)
            .bind("id", id)
            .bind("list", list)
            .bind("total", rows.size())
            .bind("now", now)
            .bind("expires", now.plus(KEPT))
            .one(ImportJob::read);
    var chunks = chunks(rows);
    for (int number = 0; number < chunks.size(); number++) {
      tx.sql(
              """
              insert into import_chunk (account_id, job_id, number, rows)
              values (:account, :job, :number, :rows)
              """)
          .bind("account", account)
          .bind("job", id)
          .bind("number", number)
          .bind("rows", chunks.get(number))
          .run();
    }
    return job;
  }

  private String id(String account, Instant now) {
    var text =
        "%s_maintenance.%s.%d.%s"
            .formatted(account, ids.shortId(), now.getEpochSecond(), ids.shortId());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<ArrayNode> chunks(List<ObjectNode> rows) {
    var chunks = new ArrayList<ArrayNode>();
    for (int from = 0; from < rows.size(); from += chunk) {
      var part = Json.MAPPER.createArrayNode();
      rows.subList(from, Math.min(rows.size(), from + chunk)).forEach(part::add);
      chunks.add(part);
    }
    return chunks;
  }

  ImportJob get(String account, String id) {
    return db.sql(JOBS + " and j.id = :id")
        .bind("account", account)
        .bind("id", id)
        .first(ImportJob::read)
        .orElseThrow(() -> ApiError.missing("A", "profile bulk import job", id));
  }

  Slice<ImportJob> page(String account, Select select) {
    return new Paged<>(JOBS, "j.id", "text", ImportJob::read)
        .bind("account", account)
        .page(db, select);
  }

  Slice<Profile> profiles(String account, String job, Select select) {
    return new Paged<>(
            """
            select %s
            from import_profile i
            join profile p on p.account_id = i.account_id and p.profile_id = i.profile_id
            where i.account_id = :account and i.job_id = :job
            """
                .formatted(Profiles.COLUMNS),
            "i.profile_id",
            "text",
            Profiles::read)
        .bind("account", account)
        .bind("job", job)
        .page(db, select);
  }

  Slice<String> profileIds(String account, String job, Select select) {
    return new Paged<>(
            """
            select i.profile_id from import_profile i
            where i.account_id = :account and i.job_id = :job
            """,
            "i.profile_id",
            "text",
            row -> row.text("profile_id"))
        .bind("account", account)
        .bind("job", job)
        .page(db, select);
  }

  Slice<ImportError> errors(String account, String job, Select select) {
    return new Paged<>(
            """
            select e.id, e.code, e.title, e.detail, e.pointer, e.payload from import_error e
            where e.account_id = :account and e.job_id = :job
            """,
            "e.id",
            "text",
            ImportError::read)
        .bind("account", account)
        .bind("job", job)
        .page(db, select);
  }
}
