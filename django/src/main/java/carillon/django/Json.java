package carillon.django;

import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;

/** Writes values as JSON, with a blank after colons and commas. */
final class Json {

  private static final int ELEMENT_COST = 8;

  private final StringBuilder out = new StringBuilder();
  private final Meter meter;

  private Json(Meter meter) {
    this.meter = meter;
  }

  static String write(Object value, Context context) {
    var json = new Json(context.meter());
    json.write(value, 0);
    return json.out.toString();
  }

  private void write(Object value, int depth) {
    meter.depth(depth);
    meter.text(ELEMENT_COST);
    meter.length(out.length());
    switch (value) {
      case null -> out.append("null");
      case Missing ignored -> out.append("null");
      case Boolean flag -> out.append((boolean) flag);
      case Double number when !Double.isFinite(number) -> out.append("null");
      case Number number -> out.append(Text.of(number, meter));
      case String text -> quote(text);
      case SafeText text -> quote(text.text());
      case TemporalAccessor time -> quote(time.toString());
      case List<?> list -> write(list, depth);
      case Map<?, ?> map -> write(map, depth);
      case Group group -> write(Values.pair(group.grouper(), group.list()), depth);
      default -> out.append("null");
    }
  }

  private void write(List<?> list, int depth) {
    out.append('[');
    var separator = "";
    for (var element : list) {
      out.append(separator);
      write(element, depth + 1);
      separator = ", ";
    }
    out.append(']');
  }

  private void write(Map<?, ?> map, int depth) {
    out.append('{');
    var separator = "";
    for (var entry : map.entrySet()) {
      out.append(separator);
      quote(Text.of(entry.getKey(), meter));
      out.append(": ");
      write(entry.getValue(), depth + 1);
      separator = ", ";
    }
    out.append('}');
  }

  private void quote(String text) {
    out.append('"');
    for (var at = 0; at < text.length(); at++) {
      var c = text.charAt(at);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(c < 32 ? EscapeFilters.unicode(c) : String.valueOf(c));
      }
    }
    out.append('"');
  }
}
