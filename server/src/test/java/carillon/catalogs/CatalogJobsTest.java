package carillon.catalogs;

import static carillon.catalogs.Shelf.ITEMS;
import static carillon.catalogs.Shelf.VARIANTS;
import static carillon.catalogs.Shelf.id;
import static carillon.catalogs.Shelf.json;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Answer;
import carillon.testing.Eventually;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogJobsTest {

  private final Shop shop = TestServer.shop();
  private final Shelf shelf = new Shelf(shop);

  @Test
  void manyItemsAreMadeAndThoseThatCannotBeAreTold() {
    shelf.item("taken");
    var started =
        start("item", "items", "create", newItem("one"), newItem("taken"), newItem("one"));
    assertThat(started.text("/data/attributes/status")).isIn("queued", "processing");
    assertThat(started.at("/data/attributes/total_count").intValue()).isEqualTo(3);
    assertThat(started.id()).matches("[0-9A-HJKMNP-TV-Z]{26}");

    var job = complete("item", "create", started.id());
    assertThat(job.at("/data/attributes/completed_count").intValue()).isEqualTo(1);
    assertThat(job.at("/data/attributes/failed_count").intValue()).isEqualTo(2);
    assertThat(job.text("/data/attributes/errors/0/code")).isEqualTo("conflict");
    assertThat(job.text("/data/attributes/errors/0/detail"))
        .isEqualTo("An item with id $custom:::$default:::taken already exists.");
    assertThat(job.text("/data/attributes/errors/0/source/pointer"))
        .isEqualTo("/data/attributes/items/data/1");
    assertThat(job.text("/data/attributes/errors/1/source/pointer"))
        .isEqualTo("/data/attributes/items/data/2");
    assertThat(job.at("/data/attributes/completed_at").isNull()).isFalse();
    assertThat(shop.get(ITEMS).ids()).containsExactlyInAnyOrder(id("one"), id("taken"));

    var included =
        shop.get("/api/catalog-item-bulk-create-jobs/" + job.id() + "?include=items").expect(200);
    assertThat(included.text("/included/0/id")).isEqualTo(id("one"));
  }

  @Test
  void whatIsMadeInBulkIsChangedAndDeletedInBulk() {
    var mug = shelf.item("mug");
    var one = Shelf.variant("one", mug, "");
    var made = start("variant", "variants", "create", data(one));
    complete("variant", "create", made.id());

    var changed =
        start(
            "variant",
            "variants",
            "update",
            "{'type': 'catalog-variant', 'id': '%s', 'attributes': {'inventory_quantity': 5}}"
                .formatted(id("one")),
            "{'type': 'catalog-variant', 'id': 'nothing', 'attributes': {}}");
    var job = complete("variant", "update", changed.id());
    assertThat(job.at("/data/attributes/completed_count").intValue()).isEqualTo(1);
    assertThat(job.text("/data/attributes/errors/0/code")).isEqualTo("not_found");
    assertThat(
            shop.get(VARIANTS + "/" + id("one"))
                .at("/data/attributes/inventory_quantity")
                .intValue())
        .isEqualTo(5);

    var deleted =
        start(
            "variant",
            "variants",
            "delete",
            "{'type': 'catalog-variant', 'id': '%s'}".formatted(id("one")),
            "{'type': 'catalog-variant', 'id': 'nothing'}");
    complete("variant", "delete", deleted.id());
    assertThat(shop.get(VARIANTS).ids()).isEmpty();
  }

  @Test
  void categoriesAreMadeWithTheirItemsAndARefusedOneLeavesNothing() {
    var mug = shelf.item("mug");
    var category =
        "{'type': 'catalog-category', 'attributes': {'external_id': '%s', 'name': 'K'},"
            + " 'relationships': {'items': {'data': [{'type': 'catalog-item', 'id': '%s'}]}}}";
    var started =
        start(
            "category",
            "categories",
            "create",
            category.formatted("kitchen", mug),
            category.formatted("lost", "nothing"));
    var job = complete("category", "create", started.id());
    assertThat(job.text("/data/attributes/errors/0/detail"))
        .isEqualTo("An item with id nothing does not exist.");
    assertThat(shop.get("/api/catalog-categories").ids()).containsExactly(id("kitchen"));
    assertThat(shop.get("/api/catalog-categories/" + id("kitchen") + "/items").ids())
        .containsExactly(mug);

    var renamed =
        start(
            "category",
            "categories",
            "update",
            "{'type': 'catalog-category', 'id': '%s', 'attributes': {'name': 'Home'}}"
                .formatted(id("kitchen")));
    complete("category", "update", renamed.id());
    assertThat(shop.get("/api/catalog-categories/" + id("kitchen")).text("/data/attributes/name"))
        .isEqualTo("Home");
  }

  @Test
  void aFaultyRowRefusesTheWholeJob() {
    var answer =
        shop.post(
                "/api/catalog-item-bulk-create-jobs",
                body(
                    "item",
                    "items",
                    "create",
                    newItem("good"),
                    newItem("bad").replace("'title'", "'colour'")))
            .expect(400);
    assertThat(answer.body()).contains("/data/attributes/items/data/1/attributes/colour");
    var nested = newItem("nested").replace("'title'", "'custom_metadata': {'a': {}}, 'title'");
    assertThat(
            shop.post("/api/catalog-item-bulk-create-jobs", body("item", "items", "create", nested))
                .expect(400)
                .body())
        .contains("/data/attributes/items/data/0/attributes/custom_metadata");
    var many = IntStream.range(0, 101).mapToObj(i -> newItem("i" + i)).toArray(String[]::new);
    shop.post("/api/catalog-item-bulk-create-jobs", body("item", "items", "create", many))
        .expect(400);
    shop.post("/api/catalog-item-bulk-create-jobs", body("item", "items", "create")).expect(400);
    assertThat(shop.get("/api/catalog-item-bulk-create-jobs").ids()).isEmpty();
  }

  @Test
  void jobsAreListedByStatusEachKindForItself() {
    var first = start("item", "items", "create", newItem("one")).id();
    complete("item", "create", first);
    var second = start("item", "items", "create", newItem("two")).id();
    complete("item", "create", second);

    assertThat(shop.get("/api/catalog-item-bulk-create-jobs").ids()).containsExactly(second, first);
    var complete = "?filter=" + Shop.encoded("equals(status,\"complete\")");
    assertThat(shop.get("/api/catalog-item-bulk-create-jobs" + complete).ids()).hasSize(2);
    var queued = "?filter=" + Shop.encoded("equals(status,\"queued\")");
    assertThat(shop.get("/api/catalog-item-bulk-create-jobs" + queued).ids()).isEmpty();
    assertThat(shop.get("/api/catalog-item-bulk-update-jobs").ids()).isEmpty();
    shop.get("/api/catalog-item-bulk-update-jobs/" + first).expect(404);
    shop.get("/api/catalog-variant-bulk-create-jobs/" + first).expect(404);
    shop.get("/api/catalog-item-bulk-create-jobs?page[size]=10").expect(400);
    TestServer.shop().get("/api/catalog-item-bulk-create-jobs/" + first).expect(404);
  }

  @Test
  void jobsGoAfterAWeekAndAtMostFiveHundredWait() {
    var clock = new TestClock();
    var db = TestDatabase.create();
    try (var idle = TestServer.start(Map.of("CARILLON_ROLES", "api"), db, clock)) {
      var quiet = TestServer.shop(idle);
      db.sql(
              """
              insert into catalog_job (account_id, id, kind, action, status, rows, total, due_at,
                created_at, expires_at)
              select :account, 'job' || n, 'item', 'create', 'queued', '[]', 0, :now, :now, :later
              from generate_series(1, 499) n
              """)
          .bind("account", quiet.account())
          .bind("now", clock.instant())
          .bind("later", clock.instant().plus(Duration.ofDays(7)))
          .run();
      var body = body("item", "items", "delete", "{'type': 'catalog-item', 'id': 'x'}");
      quiet.post("/api/catalog-item-bulk-delete-jobs", body).expect(202);
      quiet.post("/api/catalog-item-bulk-delete-jobs", body).expect(400);
    }
  }

  @Test
  void aJobThatCannotBeDoneIsGivenUpAndHoldsUpNoOther() {
    var clock = new TestClock();
    var db = TestDatabase.create();
    try (var server = TestServer.start(Map.of(), db, clock)) {
      var busy = TestServer.shop(server);
      db.sql(
              """
              insert into catalog_job (account_id, id, kind, action, status, rows, total, due_at,
                created_at, expires_at)
              values (:account, 'poison', 'item', 'create', 'queued', '[7]', 1, :now, :now, :later)
              """)
          .bind("account", busy.account())
          .bind("now", clock.instant())
          .bind("later", clock.instant().plus(Duration.ofDays(7)))
          .run();
      var path = "/api/catalog-item-bulk-create-jobs/";
      for (int i = 0; i < 6; i++) {
        var attempts = i + 1;
        Eventually.check(() -> assertThat(attempts(db)).isEqualTo(attempts));
        clock.tick(Duration.ofMinutes(1));
      }
      assertThat(busy.get(path + "poison").text("/data/attributes/status")).isEqualTo("cancelled");
      var next =
          busy.post(
                  "/api/catalog-item-bulk-create-jobs",
                  body("item", "items", "create", newItem("one")))
              .expect(202)
              .id();
      busy.eventually(
          () -> busy.get(path + next),
          answer -> answer.text("/data/attributes/status").equals("complete"));

      clock.tick(Duration.ofDays(8));
      Eventually.check(() -> busy.get(path + "poison").expect(404));
    }
  }

  private static int attempts(carillon.platform.db.Database db) {
    return db.sql("select attempts from catalog_job where id = 'poison'")
        .one(row -> row.integer("attempts"));
  }

  private static String newItem(String external) {
    return data(Shelf.item(external, ""));
  }

  /** The resource object of a body. */
  private static String data(String body) {
    var text = body.strip();
    return text.substring(text.indexOf(':') + 1, text.length() - 1).replace('"', '\'');
  }

  private Answer start(String kind, String kinds, String action, String... rows) {
    return shop.post(
            "/api/catalog-%s-bulk-%s-jobs".formatted(kind, action), body(kind, kinds, action, rows))
        .expect(202);
  }

  private static String body(String kind, String kinds, String action, String... rows) {
    return json(
        "{'data': {'type': 'catalog-%s-bulk-%s-job', 'attributes': {'%s': {'data': [%s]}}}}"
            .formatted(
                kind, action, kinds, List.of(rows).stream().collect(Collectors.joining(","))));
  }

  private Answer complete(String kind, String action, String id) {
    return shop.eventually(
        () -> shop.get("/api/catalog-%s-bulk-%s-jobs/%s".formatted(kind, action, id)).expect(200),
        answer -> answer.text("/data/attributes/status").equals("complete"));
  }
}
