package carillon.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class UniqueNameTest {

  @Test
  void theFirstKeepsItsNameAndLaterOnesAreNumbered() {
    assertThat(UniqueName.of("logo", Set.of("other")::contains)).isEqualTo("logo");
    assertThat(UniqueName.of("logo", Set.of("logo")::contains)).isEqualTo("logo.1");
    assertThat(UniqueName.of("logo", Set.of("logo", "logo.1")::contains)).isEqualTo("logo.2");
  }

  @Test
  void aGapIsFilledAndANumberedNameIsANameLikeOthers() {
    assertThat(UniqueName.of("logo", Set.of("logo", "logo.2")::contains)).isEqualTo("logo.1");
    assertThat(UniqueName.of("logo.1", Set.of("logo.1")::contains)).isEqualTo("logo.1.1");
  }
}
