package carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.platform.Ids;
import carillon.platform.Settings;
import carillon.platform.db.Database;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountCommandTest {

  private static final Settings SETTINGS = Settings.read(Map.of(), Path.of("."));

  @Test
  void settingsAreChangedOnTheCommandLine() {
    try (var db = TestDatabase.create()) {
      accounts(db).create("SHOP01", "My shop");

      assertThat(
              run(
                  db,
                  "set",
                  "organization_name=Fern & Fable",
                  "timezone=Europe/Berlin",
                  "double_opt_in=false",
                  "attribution_hours=48",
                  "zip=02110"))
          .isZero();

      var account = accounts(db).get("SHOP01");
      assertThat(account.name()).isEqualTo("Fern & Fable");
      assertThat(account.timezone()).isEqualTo(ZoneId.of("Europe/Berlin"));
      assertThat(account.address().zip()).isEqualTo("02110");
      assertThat(account.rules())
          .isEqualTo(
              Account.Rules.USUAL.withDoubleOptIn(false).withAttribution(Duration.ofHours(48)));
      assertThat(run(db, "show")).isZero();
    }
  }

  @Test
  void whatIsWrongIsRefused() {
    try (var db = TestDatabase.create()) {
      accounts(db).create("SHOP01", "My shop");
      for (var wrong :
          List.of(
              "name=Other",
              "timezone=Nowhere",
              "double_opt_in=perhaps",
              "smart_sending_hours=-1",
              "confirmation_template_id=NOPE01",
              "words")) {
        assertThat(run(db, "set", wrong)).as(wrong).isEqualTo(2);
      }
      assertThat(run(db, "set")).isEqualTo(2);
      assertThat(run(db, "unset")).isEqualTo(2);
      assertThat(run(db, "show", "--account", "OTHER1")).isEqualTo(2);
      assertThat(accounts(db).get("SHOP01").name()).isEqualTo("My shop");
    }
  }

  @Test
  void withSeveralAccountsOneMustBeNamed() {
    try (var db = TestDatabase.create()) {
      accounts(db).create("SHOP01", "One");
      accounts(db).create("SHOP02", "Two");

      assertThat(run(db, "set", "city=Rome")).isEqualTo(2);
      assertThat(run(db, "set", "--account", "SHOP02", "city=Rome")).isZero();

      assertThat(accounts(db).get("SHOP01").address().city()).isEmpty();
      assertThat(accounts(db).get("SHOP02").address().city()).isEqualTo("Rome");
    }
  }

  @Test
  void overHttpOnlyAKeyThatMayDoEverythingChangesThem() {
    var shop = TestServer.shop();
    var few =
        shop.with(
            TestServer.shared()
                .keys()
                .create(shop.account(), "few", Set.of("accounts:read", "lists:write")));
    var body =
        "{\"data\": {\"type\": \"account-settings\", \"attributes\": {\"organization_name\":"
            + " \"Mine\"}}}";

    few.get("/carillon/account").expect(200);
    assertThat(few.patch("/carillon/account", body).expect(403).text("/errors/0/code"))
        .isEqualTo("permission_denied");
  }

  private static int run(Database db, String... args) {
    return AccountCommand.run(db, SETTINGS, List.of(args));
  }

  private static Accounts accounts(Database db) {
    var clock = new TestClock();
    return new Accounts(db, clock, new Ids(clock, new Random(1)), List.of());
  }
}
