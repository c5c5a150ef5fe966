package carillon.django;

import java.time.LocalTime;
import java.time.ZonedDateTime;

/** Filters of dates and times. */
final class DateFilters {

  private DateFilters() {}

  static void addTo(FilterTable filters) {
    filters
        .add("date", Arity.OPTIONAL, (v, format, c) -> date(v, format, "DATE_FORMAT", c))
        .add("time", Arity.OPTIONAL, (v, format, c) -> date(v, format, "TIME_FORMAT", c))
        .add("timesince", Arity.OPTIONAL, (v, other, c) -> distance(v, other, true, c))
        .add("timeuntil", Arity.OPTIONAL, (v, other, c) -> distance(v, other, false, c));
  }

  private static Object date(Object value, Object argument, String usual, Context context) {
    if (usual.equals("DATE_FORMAT") && value instanceof LocalTime && argument == null) {
      return "";
    }
    var format = argument == null ? usual : Text.of(argument, context.meter());
    return Dates.moment(value, context)
        .map(moment -> DateFormat.format(moment, format, context))
        .orElse("");
  }

  private static Object distance(Object value, Object other, boolean since, Context context) {
    var moment = Dates.moment(value, context);
    var from = Dates.moment(other, context).orElseGet(context::now);
    if (moment.isEmpty()) {
      return "";
    }
    return since ? distance(moment.get(), from) : distance(from, moment.get());
  }

  private static String distance(ZonedDateTime from, ZonedDateTime to) {
    return TimeDistance.between(from.toLocalDateTime(), to.toLocalDateTime());
  }
}
