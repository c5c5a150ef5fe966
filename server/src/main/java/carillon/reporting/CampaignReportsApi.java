package carillon.reporting;

import carillon.accounts.Accounts;
import carillon.events.Metrics;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Body;
import carillon.jsonapi.Operation;
import carillon.jsonapi.RateLimit;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.reporting.CampaignReports.Line;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The report on what came of campaigns. */
public final class CampaignReportsApi {

  /** A page of a report; the id is made for the occasion. */
  private record Report(String id, List<Line> lines) {

    List<Map<String, Object>> results() {
      return lines.stream().map(Report::result).toList();
    }

    private static Map<String, Object> result(Line line) {
      var result = new LinkedHashMap<String, Object>();
      result.put("groupings", line.groupings());
      result.put("statistics", line.statistics());
      return result;
    }

    List<String> campaigns() {
      return lines.stream().map(Line::campaign).distinct().toList();
    }
  }

  private static final ResourceType<Report> REPORT =
      ResourceType.of(
              "campaign-values-report",
              "campaign-values-reports",
              Report::id,
              List.of(
                  Attribute.of(
                      Schema.items(
                              Schema.struct(
                                  "results",
                                  Schema.free().as("groupings").required(),
                                  Schema.free().as("statistics").required()))
                          .as("results")
                          .required(),
                      Report::results)))
          .with(List.of(Relation.<Report>many("campaigns", "campaign").inlined(Report::campaigns)));

  private final CampaignReports reports;
  private final Accounts accounts;
  private final Metrics metrics;
  private final Clock clock;
  private final Ids ids;

  public CampaignReportsApi(Database db, Accounts accounts, Metrics metrics, Clock clock, Ids ids) {
    this.reports = new CampaignReports(new ReportStore(db));
    this.accounts = accounts;
    this.metrics = metrics;
    this.clock = clock;
    this.ids = ids;
  }

  public Stream<Operation> operations() {
    return Stream.of(
        REPORT
            .report(
                "query_campaign_values",
                "/api/campaign-values-reports",
                "Report what came of campaigns sent in a timeframe")
            .group("Reporting")
            .aliases("create_campaign_value_report", "create_campaign_values_report")
            .scopes("campaigns:read")
            .limit(RateLimit.REPORT)
            .pageOf(CampaignReports.PAGE)
            .body(Body.of("campaign-values-report").attributes(ReportQuery.FIELDS))
            .to(this::values));
  }

  private Reply values(Request request) {
    var account = request.account();
    var query =
        ReportQuery.read(
            request,
            clock.instant(),
            accounts.get(account).timezone(),
            metric -> metrics.find(account, metric).isPresent());
    var page = reports.lines(account, query, request.select().cursor());
    return new Reply.Report(
        new Report(ids.uuid().toString(), page.rows()), page.next(), page.prev());
  }
}
