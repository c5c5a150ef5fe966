package carillon.django;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes templates: from the grammar, from broken lines of the case tables, from noise. */
final class RandomTemplates {

  private static final List<Cases.Case> LINES = Cases.read("django-cases.txt");

  static final Map<String, Object> VALUES = LINES.getLast().values();

  private static final List<String> FILTERS = filters();
  private static final List<String> TAGS =
      List.of(
          "unsubscribe",
          "unsubscribe_link",
          "web_view 'x'",
          "manage_preferences",
          "current_year",
          "today '%A %-d %Q'",
          "currency_format price",
          "now 'jS F Y'",
          "cycle 'a' name",
          "firstof missing name",
          "widthratio five 7 100",
          "templatetag openblock",
          "load x",
          "regroup people by team as teams",
          "render_variable name",
          "message_name");
  private static final List<String> OPERATORS =
      List.of("==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "is not", "and", "or");
  private static final List<String> ARGUMENTS =
      List.of(
          "'999999999'",
          "-1",
          "0",
          "3",
          "'a,b'",
          "'::-1'",
          "'Y-m-d'",
          "name",
          "missing",
          "mixed",
          "hidden",
          "secret",
          "None",
          "1e308",
          "'-3g'",
          "'05d'",
          "'x,y,z'",
          "'team'",
          "''",
          "2.5",
          "9999999999999999999999",
          "'2147483647'",
          "'-2147483648'",
          "'e'",
          "\"\\\"\"");
  private static final String NOISE =
      "{{{%%%}}}##||::..''\"\"\\\\ \n\tabceinfordw019_-$éß💥\u0000\u2028";

  private final Random random;
  private final List<String> names = new ArrayList<>(VALUES.keySet());

  RandomTemplates(Random random) {
    this.random = random;
    names.addAll(
        List.of("secret", "type", "mixed", "hidden", "missing", "forloop", "people.0", "name.0"));
    names.addAll(
        List.of("forloop.parentloop.counter", "hidden.inner", "person.items", "type.name"));
    names.sort(null);
  }

  private static List<String> filters() {
    var all = new ArrayList<String>();
    DjangoFilters.all()
        .forEach((name, filter) -> all.add(name + (filter.arity() == Arity.REQUIRED ? ":" : "")));
    MarketingFilters.all()
        .forEach((name, filter) -> all.add(name + (filter.arity() == Arity.REQUIRED ? ":" : "")));
    all.sort(null);
    return all;
  }

  String valid() {
    return block(4);
  }

  String mutated() {
    var source = new StringBuilder(random.nextBoolean() ? valid() : pick(LINES).source());
    var changes = 1 + random.nextInt(4);
    for (var i = 0; i < changes && !source.isEmpty(); i++) {
      var at = random.nextInt(source.length());
      var end = Math.min(source.length(), at + 1 + random.nextInt(6));
      switch (random.nextInt(4)) {
        case 0 -> source.delete(at, end);
        case 1 -> source.insert(at, noise(3));
        case 2 -> source.insert(at, source.substring(at, end).repeat(1 + random.nextInt(3)));
        default -> source.insert(at, pick(LINES).source());
      }
    }
    return source.toString();
  }

  String garbage() {
    return noise(1 + random.nextInt(120));
  }

  private String noise(int length) {
    var out = new StringBuilder();
    for (var i = 0; i < length; i++) {
      out.append(NOISE.charAt(random.nextInt(NOISE.length())));
    }
    return out.toString();
  }

  private String block(int depth) {
    var out = new StringBuilder();
    var pieces = 1 + random.nextInt(3);
    for (var i = 0; i < pieces; i++) {
      out.append(piece(depth));
    }
    return out.toString();
  }

  private String piece(int depth) {
    if (depth == 0) {
      return "{{ " + expression() + " }}";
    }
    var body = block(depth - 1);
    return switch (random.nextInt(13)) {
      case 0 -> "{% if " + condition() + " %}" + body + "{% else %}" + body + "{% endif %}";
      case 1 -> "{% for a in " + expression() + " %}" + body + "{% empty %}e{% endfor %}";
      case 2 -> "{% for a, b in " + expression() + " reversed %}" + body + "{% endfor %}";
      case 3 -> "{% with name=" + expression() + " %}" + body + "{% endwith %}";
      case 4 -> "{% filter " + filter() + " %}" + body + "{% endfilter %}";
      case 5 -> "{% ifchanged %}" + body + "{% endifchanged %}";
      case 6 -> "{% spaceless %}" + body + "{% endspaceless %}";
      case 7 -> "{% autoescape off %}" + body + "{% endautoescape %}";
      case 8 -> "{% " + pick(TAGS) + " %}";
      case 9 -> pick(LINES).source();
      case 10 -> "<p>Text & more</p>\n";
      default -> "{{ " + expression() + " }}";
    };
  }

  private String condition() {
    var out = new StringBuilder(expression());
    var more = random.nextInt(4);
    for (var i = 0; i < more; i++) {
      out.append(' ').append(pick(OPERATORS)).append(' ').append(expression());
    }
    return out.toString();
  }

  private String expression() {
    var out = new StringBuilder(random.nextInt(5) == 0 ? pick(ARGUMENTS) : pick(names));
    var filters = random.nextInt(4);
    for (var i = 0; i < filters; i++) {
      out.append('|').append(filter());
    }
    return out.toString();
  }

  private String filter() {
    var filter = pick(FILTERS);
    return filter.endsWith(":") ? filter + pick(random.nextBoolean() ? ARGUMENTS : names) : filter;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
