package carillon.django;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the template: only the two faults of the language, soon, and nothing leaks. */
class RandomTemplatesTest {

  private static final int TEMPLATES = 4_000;
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T06:31:33Z"), ZoneOffset.UTC);

  /** Something that is not of the language's kinds, among the values. */
  private record Secret(String secret) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void validTemplatesNeitherCrashNorHangNorLeak(long seed) {
    var random = new Random(seed);
    var templates = new RandomTemplates(random);
    for (var i = 0; i < TEMPLATES; i++) {
      check(templates.valid(), random, seed);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void mutatedTemplatesNeitherCrashNorHangNorLeak(long seed) {
    var random = new Random(seed);
    var templates = new RandomTemplates(random);
    for (var i = 0; i < TEMPLATES; i++) {
      check(templates.mutated(), random, seed);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void garbageNeitherCrashesNorHangsNorLeaks(long seed) {
    var random = new Random(seed);
    var templates = new RandomTemplates(random);
    for (var i = 0; i < TEMPLATES; i++) {
      check(templates.garbage(), random, seed);
    }
  }

  private static void check(String source, Random random, long seed) {
    var start = System.nanoTime();
    try {
      var options = random.nextBoolean() ? RenderOptions.html(CLOCK) : RenderOptions.text(CLOCK);
      var template = Template.parse(source, Language.marketing());
      var secret = new Secret("top-secret");
      var text = template.render(values(secret), options.withService(Secret.class, secret));
      assertThat(text)
          .as("seed %d: %s", seed, source)
          .doesNotContain("top-secret", "Secret@", "carillon.", "java.");
    } catch (TemplateException expected) {
      assertThat(expected.getMessage()).isNotEmpty();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError("seed " + seed + ": " + source, e);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("seed %d: %s", seed, source)
        .isLessThan(LONGEST);
  }

  private static Map<String, Object> values(Secret secret) {
    var values = new HashMap<>(RandomTemplates.VALUES);
    values.put("secret", secret);
    values.put("type", Secret.class);
    values.put("mixed", List.of(secret, 1, "two", 3.5, List.of(secret), Map.of("k", secret)));
    values.put("hidden", Map.of("inner", secret, "event", Map.of("$value", 5)));
    return values;
  }
}
