package carillon.segments;

import static java.util.stream.Collectors.joining;

import carillon.profiles.Consents;
import carillon.segments.Condition.Ground;
import java.util.List;

/** Conditions on consent, suppression and permission as SQL over {@code profile p}. */
final class ConsentSql {

  private static final String STATUS_DATE =
      """
      case when c.status = 'SUBSCRIBED' then coalesce(c.consented_at, c.updated_at)
        else c.updated_at end\
      """;

  private final Binds binds;
  private final FilterSql filters;

  ConsentSql(Binds binds, FilterSql filters) {
    this.binds = binds;
    this.filters = filters;
  }

  String consent(Condition.Consent condition) {
    var reach =
        switch (condition.channel()) {
          case "email" -> Consents.mailable("p");
          case "sms" -> byPhone("sms", "marketing");
          default -> byDevice();
        };
    return "(%s%s and %s%s)"
        .formatted(
            condition.reachable() ? "" : "not ",
            "(" + reach + ")",
            standing(condition),
            suppressions(condition.filters()));
  }

  private String byPhone(String channel, String kind) {
    return "p.phone_number is not null and " + row(channel, kind, " and c.status = 'SUBSCRIBED'");
  }

  private String byDevice() {
    return """
    exists (select from push_token t
      where t.account_id = p.account_id and t.profile_id = p.profile_id)
    and\s\
    """
        + row("push", "marketing", " and c.status = 'SUBSCRIBED'");
  }

  private String standing(Condition.Consent condition) {
    var asked = rowFilters(condition.filters());
    return switch (condition.subscription()) {
      case ANY -> asked.isEmpty() ? "true" : row(condition.channel(), "marketing", asked);
      case SUBSCRIBED, UNSUBSCRIBED ->
          row(
              condition.channel(),
              "marketing",
              " and c.status = '" + condition.subscription() + "'" + asked);
      case NEVER_SUBSCRIBED -> "not " + row(condition.channel(), "marketing", "");
    };
  }

  /** WhatsApp needs a yes: without a word of the person's there is no permission. */
  String permission(Condition.Permission condition) {
    var allowed = "(" + byPhone("whatsapp", condition.kind()) + ")";
    if (condition.reachable()) {
      var explicit =
          condition.filters().isEmpty()
              ? allowed
              : said(condition, "SUBSCRIBED") + " and " + allowed;
      return condition.ground() == Ground.IMPLICIT ? "false" : "(" + explicit + ")";
    }
    return switch (condition.ground()) {
      case EXPLICIT -> said(condition, "UNSUBSCRIBED");
      case IMPLICIT -> "(not %s and not %s)".formatted(allowed, said(condition, "UNSUBSCRIBED"));
      case EITHER -> "(not " + allowed + ")";
    };
  }

  private String said(Condition.Permission condition, String status) {
    return row(
        "whatsapp",
        condition.kind(),
        " and c.status = '" + status + "'" + rowFilters(condition.filters()));
  }

  private String row(String channel, String kind, String more) {
    return """
    exists (select from consent c
      where c.account_id = p.account_id and c.profile_id = p.profile_id
        and c.channel = '%s' and c.kind = '%s'%s)\
    """
        .formatted(channel, kind, more);
  }

  private String rowFilters(List<ConsentFilter> all) {
    return all.stream()
        .filter(filter -> !(filter instanceof ConsentFilter.SuppressedFor))
        .map(filter -> " and " + row(filter))
        .collect(joining());
  }

  private String row(ConsentFilter filter) {
    return switch (filter) {
      case ConsentFilter.DoubleOptIn(var confirmed) -> "c.double_optin = " + binds.bind(confirmed);
      case ConsentFilter.StatusDate(var date) -> filters.of(date, new Operand.Time(STATUS_DATE));
      case ConsentFilter.RecordedDate(var date) ->
          filters.of(date, new Operand.Time("c.updated_at"));
      case ConsentFilter.CustomSource(var source) ->
          source
              .map(text -> "c.custom_method_detail = " + binds.bind(text))
              .orElse("c.custom_method_detail is null");
      case ConsentFilter.Method(var word, var details) ->
          ConsentMethods.condition(word, details, binds);
      case ConsentFilter.RcsCapable _ -> "false";
      case ConsentFilter.SuppressedFor _ ->
          throw new IllegalStateException("suppressions are no part of a consent");
    };
  }

  private String suppressions(List<ConsentFilter> all) {
    return all.stream()
        .filter(ConsentFilter.SuppressedFor.class::isInstance)
        .map(ConsentFilter.SuppressedFor.class::cast)
        .map(filter -> " and " + suppression(filter))
        .collect(joining());
  }

  private String suppression(ConsentFilter.SuppressedFor filter) {
    return """
    exists (select from suppression s
      where s.account_id = p.account_id and s.profile_id = p.profile_id and s.list_id = ''
        and s.reason = '%s'%s)\
    """
        .formatted(
            filter.reason(),
            filter
                .when()
                .map(date -> " and " + filters.of(date, new Operand.Time("s.at")))
                .orElse(""));
  }
}
