package carillon.bench;

import carillon.django.Language;
import carillon.django.RenderOptions;
import carillon.django.Template;
import com.hubspot.jinjava.Jinjava;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Rendering a template of about 20 KB with loops and filters, ours beside Jinjava's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class Rendering {

  private static final String ROW =
      "<tr><td style=\"padding:8px 16px;font-family:Georgia,serif\">%s</td><td"
          + " align=\"right\">%s</td><td><a href=\"https://shop.example.org/p/%s\">See"
          + " it</a></td></tr>\n";

  private final Map<String, Object> values = new HashMap<>();
  private Template ours;
  private RenderOptions options;
  private Jinjava jinjava;
  private String theirs;

  /** Builds both templates, which say the same, and their values. */
  @Setup
  public void prepare() {
    var filler =
        "<p style=\"margin:0 0 12px;line-height:1.6\">The greenhouse is full again.</p>\n"
            .repeat(170);
    ours =
        Template.parse(
            filler
                + "<h1>Dear {{ first_name|default:'friend'|title }},</h1>{% for item in items %}{%"
                + " if item.price > 10 %}"
                + ROW.formatted(
                    "{{ forloop.counter }}. {{ item.title|upper }}",
                    "{{ item.price|floatformat:2 }}",
                    "{{ item.id|urlencode }}")
                + "{% endif %}{% endfor %}<p>{{ person.city|lower }}</p>",
            Language.marketing());
    options = RenderOptions.html(Clock.systemUTC());
    jinjava = new Jinjava();
    theirs =
        filler
            + "<h1>Dear {{ first_name|default('friend')|title }},</h1>{% for item in items %}{% if"
            + " item.price > 10 %}"
            + ROW.formatted(
                "{{ loop.index }}. {{ item.title|upper }}",
                "{{ item.price|round(2) }}",
                "{{ item.id|urlencode }}")
            + "{% endif %}{% endfor %}<p>{{ person.city|lower }}</p>";
    values.put("first_name", "ada");
    values.put("person", Map.of("city", "Lisbon"));
    var items = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < 40; i++) {
      items.add(Map.of("id", "p-" + i, "title", "Boston fern " + i, "price", 5.5 + i));
    }
    values.put("items", List.copyOf(items));
  }

  /** Our engine. */
  @Benchmark
  public String carillon() {
    return ours.render(values, options);
  }

  /** The rival. */
  @Benchmark
  public String jinjava() {
    return jinjava.render(theirs, values);
  }
}
