package carillon.reviews;

import static carillon.jsonapi.Op.ANY;
import static carillon.jsonapi.Op.EQUALS;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Field;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Parameter;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Row;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How many published reviews there are, and how good they are. */
final class ReviewReports {

  /** Numbers of a report with the SQL that counts them. */
  private enum Statistic {
    AVERAGE_RATING("round(avg(r.rating) filter (where r.review_type in ('rating', 'review')), 2)"),
    TOTAL_REVIEWS("count(*) filter (where r.review_type = 'review')"),
    TOTAL_QUESTIONS("count(*) filter (where r.review_type = 'question')"),
    TOTAL_RATINGS("count(r.rating) filter (where r.review_type in ('rating', 'review'))"),
    TOTAL_STORE_REVIEWS("count(*) filter (where r.review_type = 'store')"),
    AVERAGE_STORE_RATING("round(avg(r.rating) filter (where r.review_type = 'store'), 2)");

    private final String sql;

    Statistic(String sql) {
      this.sql = sql;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    Field<?> field() {
      return sql.startsWith("count")
          ? Schema.whole().as(word()).nullable()
          : Schema.decimal().as(word()).nullable();
    }
  }

  /** A page of results; the id is made for the occasion. */
  record Report(String id, List<Map<String, Object>> results) {}

  static final Parameter GROUP_BY = Parameter.query("group_by", "company_id", "product_id");
  static final Parameter STATISTICS = Parameter.query("statistics");
  static final Parameter TIMEFRAME =
      Parameter.query("timeframe", "all_time", "last_30_days", "last_365_days", "last_90_days");
  static final Filterable PRODUCTS =
      Filterable.text("product_external_ids", "g.product", EQUALS).list(ANY, EQUALS);

  static final ResourceType<Report> TYPE =
      ResourceType.of(
          "review-values-report",
          "review-values-reports",
          Report::id,
          List.of(
              Attribute.of(
                  Schema.items(
                          Schema.struct(
                              "ReviewValueReportGrouping",
                              Schema.oneOf(
                                      Schema.struct(
                                          "GroupingProduct",
                                          Schema.text().as("product_id").required()),
                                      Schema.struct(
                                          "GroupingCompany",
                                          Schema.text().as("company_id").required()))
                                  .as("groupings")
                                  .required(),
                              Schema.struct(
                                      "StatisticsDTO",
                                      Arrays.stream(Statistic.values())
                                          .map(Statistic::field)
                                          .toArray(Field<?>[]::new))
                                  .as("statistics")
                                  .required()))
                      .as("results")
                      .required(),
                  Report::results)));

  private static final String ALL =
      Arrays.stream(Statistic.values())
          .map(one -> "(" + one.sql + ")::numeric as " + one.word())
          .collect(Collectors.joining(",\n"));

  private static final String BY_PRODUCT =
      """
      select g.* from (
        select r.product_external_id as product, %s
        from review r
        where r.account_id = :account and r.status in ('published', 'featured')
          and r.product_external_id is not null and r.created_at >= :from
        group by r.product_external_id) g
      where true
      """
          .formatted(ALL);

  /** The shop as a whole is one group; with products named, it is the shop as far as these go. */
  private static final String OF_COMPANY =
      """
      select %s from review r
      where r.account_id = :account and r.status in ('published', 'featured')
        and r.created_at >= :from
        and (:every or r.product_external_id = any(:products))
      """
          .formatted(ALL);

  private final Database db;
  private final Clock clock;
  private final Ids ids;

  ReviewReports(Database db, Clock clock, Ids ids) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
  }

  Slice<Report> page(Request request) {
    var wanted = statistics(request.parameter(STATISTICS).orElseThrow());
    var from = from(request.parameter(TIMEFRAME).orElseThrow());
    var found =
        request.parameter(GROUP_BY).orElseThrow().equals("company_id")
            ? Slice.all(List.of(company(request.account(), request.select(), from, wanted)))
            : products(request.account(), request.select(), from, wanted);
    var report = new Report(ids.uuid().toString(), found.rows());
    return new Slice<>(List.of(report), found.next(), found.prev());
  }

  private Slice<Map<String, Object>> products(
      String account, Select select, Instant from, Set<Statistic> wanted) {
    return new Paged<>(
            BY_PRODUCT,
            "g.product",
            "text",
            row -> result("product_id", row.text("product"), row, wanted))
        .bind("account", account)
        .bind("from", from)
        .page(db, select);
  }

  private Map<String, Object> company(
      String account, Select select, Instant from, Set<Statistic> wanted) {
    var products = select.filterValues(PRODUCTS.name());
    return db.sql(OF_COMPANY)
        .bind("account", account)
        .bind("from", from)
        .bind("every", products.isEmpty())
        .array("products", "text", products)
        .one(row -> result("company_id", account, row, wanted));
  }

  private static Map<String, Object> result(
      String group, String id, Row row, Set<Statistic> wanted) {
    var numbers = new LinkedHashMap<String, Object>();
    for (var one : wanted) {
      numbers.put(one.word(), row.maybeDecimal(one.word()).map(ReviewReports::plain).orElse(null));
    }
    var result = new LinkedHashMap<String, Object>();
    result.put("groupings", Map.of(group, id));
    result.put("statistics", numbers);
    return result;
  }

  private static BigDecimal plain(BigDecimal number) {
    var stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static Set<Statistic> statistics(String words) {
    var wanted = EnumSet.noneOf(Statistic.class);
    for (var word : words.split(",", -1)) {
      wanted.add(
          Arrays.stream(Statistic.values())
              .filter(one -> one.word().equals(word.strip()))
              .findFirst()
              .orElseThrow(() ->
                  ApiError.parameter(
                      STATISTICS.name(),
                      "'%s' is not a valid choice for 'statistics'.".formatted(word.strip()))));
    }
    return wanted;
  }

  private Instant from(String timeframe) {
    return switch (timeframe) {
      case "all_time" -> Instant.EPOCH;
      case "last_30_days" -> daysAgo(30);
      case "last_90_days" -> daysAgo(90);
      case "last_365_days" -> daysAgo(365);
      default -> throw new IllegalStateException(timeframe);
    };
  }

  private Instant daysAgo(int days) {
    return clock.instant().minus(Duration.ofDays(days));
  }
}
