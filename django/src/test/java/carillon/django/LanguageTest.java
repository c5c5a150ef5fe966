package carillon.django;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LanguageTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T06:31:33Z"), ZoneOffset.UTC);

  static List<Cases.Case> django() {
    return Cases.read("django-cases.txt");
  }

  static List<Cases.Case> marketing() {
    return Cases.read("marketing-cases.txt");
  }

  @ParameterizedTest
  @MethodSource
  void django(Cases.Case line) {
    assertThat(rendered(line, Language.django())).isEqualTo(line.expected());
  }

  @ParameterizedTest
  @MethodSource("django")
  void marketingKeepsTheMeaningOfDjango(Cases.Case line) {
    assertThat(rendered(line, Language.marketing())).isEqualTo(line.expected());
  }

  @ParameterizedTest
  @MethodSource
  void marketing(Cases.Case line) {
    assertThat(rendered(line, Language.marketing())).isEqualTo(line.expected());
  }

  private static String rendered(Cases.Case line, Language language) {
    return Template.parse(line.source(), language).render(line.values(), RenderOptions.html(CLOCK));
  }
}
