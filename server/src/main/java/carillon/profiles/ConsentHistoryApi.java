package carillon.profiles;

import static carillon.jsonapi.RateLimit.M;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Field;
import carillon.jsonapi.Operation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Sortable;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Our own operation that tells every change of a person's consent, the newest first. */
public final class ConsentHistoryApi {

  private static final List<String> TEXTS =
      List.of("reason", "method", "method_detail", "custom_method_detail", "list_id");
  private static final Sortable BY_ID = Sortable.text("id", "h.id");

  private record Change(
      String id,
      String channel,
      String kind,
      String status,
      Instant at,
      Optional<Boolean> doubleOptIn,
      Map<String, String> texts) {

    static Change read(Row row) {
      return new Change(
          row.text("id"),
          row.text("channel"),
          row.text("kind"),
          row.text("status"),
          row.instant("at"),
          row.maybeBool("double_optin"),
          TEXTS.stream()
              .filter(name -> row.maybeText(name).isPresent())
              .collect(Collectors.toMap(name -> name, row::text)));
    }
  }

  private static final ResourceType<Change> CHANGE =
      ResourceType.of(
          "consent-change",
          "",
          Change::id,
          Stream.concat(
                  Stream.<Attribute<Change>>of(
                      Attribute.of(Schema.text().as("channel").required(), Change::channel),
                      Attribute.of(Schema.text().as("kind").required(), Change::kind),
                      Attribute.of(Schema.text().as("status").required(), Change::status),
                      Attribute.of(Schema.moment().as("at").required(), Change::at),
                      Attribute.of(
                          Schema.bool().as("double_optin").nullable(),
                          change -> change.doubleOptIn().orElse(null))),
                  TEXTS.stream().map(ConsentHistoryApi::told))
              .toList());

  private static Attribute<Change> told(String name) {
    Field<String> field = Schema.text().as(name).nullable();
    return Attribute.of(field, change -> change.texts().get(name));
  }

  private final Database db;
  private final Profiles profiles;

  public ConsentHistoryApi(Database db, Profiles profiles) {
    this.db = db;
    this.profiles = profiles;
  }

  public Stream<Operation> operations() {
    return Stream.of(
        CHANGE
            .list(
                "get_consent_history_for_profile",
                "/carillon/profiles/{id}/consent-history",
                "List all changes of a profile's consent")
            .group("Carillon")
            .scopes("profiles:read", "subscriptions:read")
            .limit(M)
            .order(BY_ID, true)
            .page(50, 100)
            .to(this::history));
  }

  private Reply history(Request request) {
    var profile = profiles.get(request.account(), request.id()).id();
    return Reply.rows(
        new Paged<>(
                """
                select h.id, h.channel, h.kind, h.status, h.reason, h.at, h.method,
                  h.method_detail, h.custom_method_detail, h.double_optin, h.list_id
                from consent_history h
                where h.account_id = :account and h.profile_id = :profile
                """,
                "h.id",
                "text",
                Change::read)
            .bind("account", request.account())
            .bind("profile", profile)
            .page(db, request.select()));
  }
}
