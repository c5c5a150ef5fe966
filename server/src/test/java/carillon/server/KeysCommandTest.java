package carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.accounts.Accounts;
import carillon.accounts.ApiKeys;
import carillon.accounts.GuardRails;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeysCommandTest {

  private final Database db = TestDatabase.create();
  private final TestClock clock = new TestClock();
  private final Ids ids = new Ids(clock, new Random(3));
  private final Accounts accounts = new Accounts(db, clock, ids, List.of());

  @BeforeEach
  void anAccount() {
    accounts.create("SHOP01", "My shop");
  }

  @AfterEach
  void close() {
    db.close();
  }

  private int run(String... args) {
    return KeysCommand.run(db, List.of(args));
  }

  private List<ApiKeys.ApiKey> keys() {
    return new ApiKeys(db, clock, ids, new Random(4), accounts).all();
  }

  @Test
  void aKeyIsMadeWithWhatHoldsForAgents() {
    assertThat(run("create", "--name", "agent", "--read-only", "--recipients-per-day", "50"))
        .isZero();
    assertThat(run("create", "--scopes", "tags:read")).isZero();

    var made = keys();
    assertThat(made.get(0).name()).isEqualTo("agent");
    assertThat(made.get(0).rails()).isEqualTo(new GuardRails(true, false, true, Optional.of(50L)));
    assertThat(made.get(1).rails()).isEqualTo(GuardRails.USUAL);
    assertThat(made.get(1).scopes()).containsExactly("tags:read");
    assertThat(run("list")).isZero();
  }

  @Test
  void whatHoldsIsSetAnew() {
    run("create", "--read-only");
    var key = keys().getFirst();
    assertThat(run("limit", key.last4(), "--dry-run", "--no-confirmation")).isZero();
    assertThat(keys().getFirst().rails())
        .isEqualTo(new GuardRails(false, true, false, Optional.empty()));
    assertThat(run("revoke", key.id().toString())).isZero();
    assertThat(run("limit", key.last4())).isEqualTo(2);
  }

  @Test
  void whatIsMisspeltIsRefused() {
    for (var wrong : List.of("--readonly", "--recipients", "--recipients-per-day")) {
      assertThat(run("create", wrong)).as(wrong).isEqualTo(2);
    }
    assertThat(run("create", "--recipients-per-day", "many")).isEqualTo(2);
    assertThat(run("create", "--account", "OTHER1")).isEqualTo(2);
    assertThat(run("limit")).isEqualTo(2);
    assertThat(run("forget")).isEqualTo(2);
    assertThat(keys()).isEmpty();
  }
}
