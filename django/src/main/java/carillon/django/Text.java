package carillon.django;

import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;

/** Values as text. */
final class Text {

  private static final int ELEMENT_COST = 8;

  private Text() {}

  /** The text a page shows for a value: dates and numbers in their everyday form. */
  static String shown(Object value, Context context) {
    return switch (value) {
      case Number number -> Numbers.shown(number);
      case TemporalAccessor time -> Dates.shown(time, context);
      case null, default -> of(value, context.meter());
    };
  }

  /** The plain text of a value, on which filters work. */
  static String of(Object value, Meter meter) {
    return switch (value) {
      case String text -> text;
      case SafeText text -> text.text();
      case null -> "None";
      case Boolean flag -> flag ? "True" : "False";
      case Double number -> Numbers.exact(number);
      case Number number -> Numbers.shown(number);
      case TemporalAccessor time -> Dates.plain(time);
      case Missing ignored -> "";
      default -> quoted(value, meter);
    };
  }

  /** The value as it appears within a printed list. */
  static String quoted(Object value, Meter meter) {
    var out = new StringBuilder();
    quote(value, out, meter, 0);
    return out.toString();
  }

  private static void quote(Object value, StringBuilder out, Meter meter, int depth) {
    meter.depth(depth);
    meter.length(out.length());
    meter.text(ELEMENT_COST);
    switch (value) {
      case String text -> quote(text, out);
      case SafeText text -> quote(text.text(), out);
      case List<?> list -> quote(list, out, meter, depth);
      case Map<?, ?> map -> quote(map, out, meter, depth);
      case Group group -> quote(Values.pair(group.grouper(), group.list()), out, meter, depth);
      case Loop ignored -> out.append("{}");
      case null, default -> out.append(of(scalar(value), meter));
    }
  }

  private static Object scalar(Object value) {
    return switch (value) {
      case null -> null;
      case Number number -> number;
      case Boolean flag -> flag;
      case TemporalAccessor time -> time;
      default -> Missing.MISSING;
    };
  }

  private static void quote(List<?> list, StringBuilder out, Meter meter, int depth) {
    out.append('[');
    var separator = "";
    for (var element : list) {
      out.append(separator);
      quote(element, out, meter, depth + 1);
      separator = ", ";
    }
    out.append(']');
  }

  private static void quote(Map<?, ?> map, StringBuilder out, Meter meter, int depth) {
    out.append('{');
    var separator = "";
    for (var entry : map.entrySet()) {
      out.append(separator);
      quote(entry.getKey(), out, meter, depth + 1);
      out.append(": ");
      quote(entry.getValue(), out, meter, depth + 1);
      separator = ", ";
    }
    out.append('}');
  }

  private static void quote(String text, StringBuilder out) {
    var mark = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(mark);
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\\' -> out.append("\\\\");
        default -> out.append(c == mark ? "\\" : "").append(c);
      }
    }
    out.append(mark);
  }
}
