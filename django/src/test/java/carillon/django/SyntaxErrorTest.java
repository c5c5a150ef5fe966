package carillon.django;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SyntaxErrorTest {

  static List<Cases.Case> faults() {
    return Cases.read("syntax-errors.txt");
  }

  @ParameterizedTest
  @MethodSource
  void faults(Cases.Case line) {
    var error =
        catchThrowableOfType(
            TemplateSyntaxError.class, () -> Template.parse(line.source(), Language.marketing()));
    assertThat(error).isNotNull();
    assertThat(error.line() + ":" + error.column() + " " + error.problem())
        .isEqualTo(line.expected());
  }

  @Test
  void blocksNestOnlySoDeep() {
    var source = "{% if a %}".repeat(10_000) + "{% endif %}".repeat(10_000);
    assertThatThrownBy(() -> Template.parse(source, Language.django()))
        .isInstanceOf(TemplateSyntaxError.class)
        .hasMessageContaining("nested more than 100 deep");
  }

  @Test
  void conditionsAreOnlySoLong() {
    for (var part : List.of("not ", "a or ", "a and ", "a == ")) {
      var source = "{% if " + part.repeat(100_000) + "a %}{% endif %}";
      assertThatThrownBy(() -> Template.parse(source, Language.django()))
          .isInstanceOf(TemplateSyntaxError.class)
          .hasMessageContaining("the condition is too long");
    }
  }

  @Test
  void sourcesAreOnlySoLong() {
    assertThatThrownBy(() -> Template.parse("x".repeat(2_000_001), Language.django()))
        .isInstanceOf(TemplateSyntaxError.class)
        .hasMessageContaining("longer than");
  }

  @Test
  void hardSourcesAreParsedInLinearTime() {
    var hard =
        List.of(
            "{".repeat(1_000_000),
            "{{".repeat(500_000) + "\n}}",
            "{% if " + "\\\"".repeat(400_000) + " %}",
            "{{ a" + "|lower".repeat(150_000) + " }}",
            "{{ " + "a.".repeat(400_000) + "b }}",
            "{{ \"" + "\\\"".repeat(400_000) + " }}",
            "{# #}".repeat(200_000),
            "{% now 'Y' %}".repeat(70_000) + "{% if %}");
    for (var source : hard) {
      var start = System.nanoTime();
      try {
        assertThat(Template.parse(source, Language.django())).isNotNull();
      } catch (TemplateSyntaxError expected) {
        assertThat(expected.line()).isPositive();
      }
      assertThat(System.nanoTime() - start).as(source.substring(0, 20)).isLessThan(2_000_000_000L);
    }
  }
}
