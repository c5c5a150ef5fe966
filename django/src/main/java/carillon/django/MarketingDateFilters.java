package carillon.django;

import java.time.temporal.ChronoUnit;

/** Filters that read dates from text and count days, and the one for money. */
final class MarketingDateFilters {

  private MarketingDateFilters() {}

  static void addTo(FilterTable filters) {
    filters
        .add("format_date_string", Arity.OPTIONAL, MarketingDateFilters::readDate)
        .add("days_until", Arity.OPTIONAL, (value, from, c) -> days(value, from, 1, c))
        .add("days_since", Arity.OPTIONAL, (value, from, c) -> days(value, from, -1, c))
        .add("currency_format", Arity.OPTIONAL, Money::filter);
  }

  /** A date for {@code date} and its like; with a format of its own, the finished text. */
  private static Object readDate(Object value, Object format, Context context) {
    var moment = Dates.lenient(value, context);
    if (moment.isEmpty()) {
      return "";
    }
    return format == null
        ? moment.get()
        : DateFormat.format(moment.get(), Text.of(format, context.meter()), context);
  }

  private static Object days(Object value, Object from, int sign, Context context) {
    var moment = Dates.lenient(value, context);
    var start = Dates.lenient(from, context).orElseGet(context::now).toLocalDate();
    return moment
        .<Object>map(time -> sign * ChronoUnit.DAYS.between(start, time.toLocalDate()))
        .orElse("");
  }
}
