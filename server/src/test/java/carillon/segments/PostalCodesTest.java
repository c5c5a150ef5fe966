package carillon.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.platform.DatabaseAddress;
import carillon.platform.db.Database;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostalCodesTest {

  private static final String BERLIN =
      "DE\t10115\tBerlin\tBerlin\tBE\t\t00\tStadt\t11000\t52.5323\t13.3846\t4\n";
  private static final String LONDON =
      "GB\tSW1W\tBelgravia\tEngland\tENG\t\t\t\t\t51.4928\t-0.148\t4\n";
  private static final String MOVED = "US\t10001\t\t\t\t\t\t\t\t10.0\t20.0\n";

  private final Database db = TestDatabase.create();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void thoseThatComeWithTheServerArePutInPlaceWhenTheyAreFirstAskedFor() {
    var codes = PostalCodes.bundled();
    codes.open(db);
    assertThat(countries()).isEmpty();

    assertThat(db.transaction(codes::ready)).isTrue();
    assertThat(countries()).containsExactly("IN 19238", "PR 132", "US 41620");
    assertThat(place("US", "10001")).containsExactly("40.748 -73.997");
    assertThat(place("PR", "00601")).isEqualTo(place("US", "00601")).hasSize(1);
    assertThat(place("IN", "110001")).containsExactly("28.637 77.218");

    assertThat(db.transaction(codes::ready)).isFalse();
    assertThat(db.transaction(PostalCodes.bundled()::ready)).isFalse();
  }

  @Test
  void theirLicenceComesWithThem() throws IOException {
    try (var in = PostalCodes.class.getResourceAsStream("postal-codes.LICENSE.txt")) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("GeoNames")
          .contains("Creative Commons Attribution 4.0 International");
    }
  }

  @Test
  void aFileGoesBeforeThemAndItsSuccessorReplacesIt() throws IOException {
    var file = folder.resolve("codes.txt");
    Files.writeString(file, BERLIN + BERLIN.replace("52.5", "53.5") + MOVED + "DE\tnowhere\n\n");
    PostalCodes.with(Optional.of(file)).open(db);
    assertThat(place("DE", "10115")).containsExactly("52.5323 13.3846");
    assertThat(place("US", "10001")).containsExactly("10 20");
    assertThat(place("US", "07102")).containsExactly("40.732 -74.177");

    Files.writeString(file, LONDON);
    PostalCodes.with(Optional.of(file)).open(db);
    assertThat(place("DE", "10115")).isEmpty();
    assertThat(place("GB", "SW1W")).containsExactly("51.4928 -0.148");
    assertThat(place("US", "10001")).containsExactly("40.748 -73.997");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> PostalCodes.with(Optional.of(folder.resolve("none.txt"))).open(db))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none.txt");
  }

  @Test
  void newarkIsAboutFifteenKilometersFromNewYork() {
    var clerk = new Clerk(TestServer.shop());
    var newYork = lives(clerk, "new-york", "United States", "10001");
    var newark = lives(clerk, "newark", "US", "07102");
    var beverlyHills = lives(clerk, "beverly-hills", "usa", "90210");
    var delhi = lives(clerk, "delhi", "India", "110 001");

    assertThat(found(clerk, "US", "10001", "less-than", 15.1, "kilometers"))
        .containsExactlyInAnyOrder(newYork);
    assertThat(found(clerk, "US", "10001", "less-than", 15.4, "kilometers"))
        .containsExactlyInAnyOrder(newYork, newark);
    assertThat(found(clerk, "US", "10001", "less-than", 9.6, "miles"))
        .containsExactlyInAnyOrder(newYork, newark);
    assertThat(found(clerk, "US", "10001", "greater-than", 3940, "kilometers"))
        .containsExactlyInAnyOrder(beverlyHills, delhi);
    assertThat(found(clerk, "IN", "110001", "less-than", 1, "kilometers"))
        .containsExactlyInAnyOrder(delhi);
  }

  @Test
  void codesAreKnownHoweverTheyAreWritten() {
    var clerk = new Clerk(TestServer.shop());
    var plain = lives(clerk, "plain", "us", "10001");
    var extended = lives(clerk, "extended", "US", "10001-1234");
    var blank = lives(clerk, "blank", " US ", " 10001 ");
    assertThat(found(clerk, "us", " 10001-0000", "less-than", 1, "kilometers"))
        .containsExactlyInAnyOrder(plain, extended, blank);
  }

  @Test
  void whoLivesNobodyKnowsWhereIsNeitherNearNorFar() {
    var clerk = new Clerk(TestServer.shop());
    lives(clerk, "unknown", "US", "00000");
    lives(clerk, "abroad", "Atlantis", "10001");
    clerk.shop().post("/api/profiles", profile("nowhere", "{\"zip\": \"10001\"}")).expect(201);
    clerk.shop().post("/api/profiles", profile("codeless", "{\"country\": \"US\"}")).expect(201);
    lives(clerk, "known", "US", "10001");

    assertThat(found(clerk, "US", "10001", "greater-than", 0.1, "kilometers")).isEmpty();
    assertThat(found(clerk, "US", "10001", "less-than", 40_000, "kilometers")).hasSize(1);
    assertThat(found(clerk, "US", "00000", "less-than", 40_000, "kilometers")).isEmpty();
  }

  @Test
  void segmentsAreComputedAnewWhenOtherCodesAreKnown() throws IOException {
    var clock = new TestClock();
    var address = TestDatabase.createAddress();
    String ada;
    String near;
    Shop shop;
    try (var before = TestServer.start(Map.of(), open(address), clock)) {
      shop = TestServer.shop(before);
      var clerk = new Clerk(shop);
      ada = lives(clerk, "ada", "DE", "10115");
      near = clerk.segment(distance("DE", "10115", "less-than", 1, "kilometers"));
      assertThat(clerk.ids(near)).isEmpty();
    }
    var file = folder.resolve("codes.txt");
    Files.writeString(file, BERLIN);
    var settings = Map.of("CARILLON_POSTAL_CODES", file.toString());
    try (var after = TestServer.start(settings, open(address), clock)) {
      new Clerk(new Shop(after.url(), shop.account(), shop.key())).await(near, ada);
    }
  }

  @Test
  void aSegmentThatIsMadeActiveAgainFindsThemInPlace() {
    var clock = new TestClock();
    var address = TestDatabase.createAddress();
    String ada;
    String near;
    Shop shop;
    try (var before = TestServer.start(Map.of(), open(address), clock)) {
      shop = TestServer.shop(before);
      var clerk = new Clerk(shop);
      near = clerk.segment(distance("US", "10001", "less-than", 1, "kilometers"));
      clerk.change(near, "{\"is_active\": false}").expect(200);
      ada = lives(clerk, "ada", "US", "10001");
    }
    var emptied = open(address);
    emptied.sql("delete from postal_code").run();
    emptied.sql("delete from postal_file").run();
    try (var after = TestServer.start(Map.of(), emptied, clock)) {
      var clerk = new Clerk(new Shop(after.url(), shop.account(), shop.key()));
      clerk.change(near, "{\"is_active\": true}").expect(200);
      clerk.await(near, ada);
    }
  }

  private static Database open(DatabaseAddress address) {
    return Database.open(address, TestDatabase.POOL_SIZE, new SimpleMeterRegistry());
  }

  private static String lives(Clerk clerk, String name, String country, String zip) {
    var location = "{\"country\": \"%s\", \"zip\": \"%s\"}".formatted(country, zip);
    return clerk.shop().post("/api/profiles", profile(name, location)).expect(201).id();
  }

  private static String profile(String name, String location) {
    return """
    {"data": {"type": "profile",
      "attributes": {"email": "%s@example.com", "location": %s}}}
    """
        .formatted(name, location);
  }

  private static Set<String> found(
      Clerk clerk, String country, String code, String operator, double value, String unit) {
    return clerk.ids(clerk.segment(distance(country, code, operator, value, unit)));
  }

  private static String distance(
      String country, String code, String operator, double value, String unit) {
    return """
    {"type": "profile-postal-code-distance", "country_code": "%s", "postal_code": "%s",
     "unit": "%s", "filter": {"type": "numeric", "operator": "%s", "value": %s}}
    """
        .formatted(country, code, unit, operator, value);
  }

  private List<String> countries() {
    return db.sql(
            """
            select concat_ws(' ', country, count(*)) as line from postal_code
            group by country order by 1
            """)
        .list(row -> row.text("line"));
  }

  private List<String> place(String country, String code) {
    return db.sql(
            """
            select concat_ws(' ', latitude, longitude) as place from postal_code
            where country = :country and code = :code
            """)
        .bind("country", country)
        .bind("code", code)
        .list(row -> row.text("place"));
  }
}
