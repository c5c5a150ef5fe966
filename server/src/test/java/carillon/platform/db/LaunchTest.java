package carillon.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchTest {
  private static final int ADA = 1000;

  @Test
  void rootBecomesNobodyOrHidesInANamespace() {
    var ways = Launch.ways(Ownership.ROOT, Ownership.ROOT);
    assertThat(ways).extracting(Launch::owner).containsExactly(65534, 0, 0);
    assertThat(ways.getFirst().command("postgres", "-D", "x"))
        .containsSubsequence("setsid", "setpriv", "--reuid=65534", "--clear-groups", "postgres");
    assertThat(ways.getLast().command("postgres")).containsExactly("unshare", "-U", "postgres");
  }

  @Test
  void rootKeepsTheOwnerThatTheDataAlreadyHas() {
    assertThat(Launch.ways(Ownership.ROOT, ADA).getFirst())
        .satisfies(way -> {
          assertThat(way.owner()).isEqualTo(ADA);
          assertThat(way.prefix()).contains("--reuid=1000", "--regid=1000");
        });
  }

  @Test
  void anOrdinaryUserStaysWhoItIs() {
    var ways = Launch.ways(ADA, ADA);
    assertThat(ways).extracting(Launch::owner).containsOnly(ADA);
    assertThat(String.join(" ", ways.getFirst().prefix())).doesNotContain("reuid", "unshare");
    assertThat(ways.getLast().command("postgres")).isEqualTo(List.of("postgres"));
  }
}
