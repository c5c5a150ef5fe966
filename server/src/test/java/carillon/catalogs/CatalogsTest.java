package carillon.catalogs;

import static carillon.catalogs.Shelf.CATEGORIES;
import static carillon.catalogs.Shelf.ITEMS;
import static carillon.catalogs.Shelf.VARIANTS;
import static carillon.catalogs.Shelf.id;
import static carillon.catalogs.Shelf.json;
import static carillon.catalogs.Shelf.links;
import static carillon.catalogs.Shelf.path;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogsTest {

  private final Shop shop = TestServer.shop();
  private final Shelf shelf = new Shelf(shop);

  @Test
  void anItemIsAnsweredWithWhatWasLeftOut() {
    var made = shop.post(ITEMS, Shelf.item("mug", "")).expect(201);
    assertThat(made.id()).isEqualTo("$custom:::$default:::mug");
    assertThat(made.at("/data/attributes/price").isNull()).isTrue();
    assertThat(made.text("/data/attributes/image_full_url")).isEmpty();
    assertThat(made.at("/data/attributes/images")).isEmpty();
    assertThat(made.at("/data/attributes/custom_metadata")).isEmpty();
    assertThat(made.at("/data/attributes/published").booleanValue()).isTrue();
    assertThat(made.at("/data/attributes").has("integration_type")).isFalse();
    assertThat(made.text("/data/links/self")).endsWith("/catalog-items/" + id("mug") + "/");
    assertThat(shop.get(ITEMS + "/" + id("mug")).expect(200).at("/data"))
        .isEqualTo(made.at("/data"));
  }

  @Test
  void idsMayHaveAnyCharactersAndComeRawOrEncoded() {
    for (var external : List.of("a b/c?d#e%", "x:::y", "日本", "quote'n")) {
      var body = Shelf.item("PLACE", "").replace("PLACE", external);
      assertThat(shop.post(ITEMS, body).expect(201).id()).isEqualTo(id(external));
      var read = shop.get(path(ITEMS, id(external))).expect(200);
      assertThat(read.text("/data/attributes/external_id")).isEqualTo(external);
      shop.follow(read.text("/data/links/self")).expect(200);
    }
    shelf.item("plain");
    shop.get(ITEMS + "/%24custom%3A%3A%3A%24default%3A%3A%3Aplain").expect(200);
    assertThat(shop.get(ITEMS + "/" + id("nothing")).expect(404).details())
        .containsExactly("An item with id $custom:::$default:::nothing does not exist.");
  }

  @Test
  void anExternalIdIsTakenOnce() {
    shelf.item("mug");
    shop.post(ITEMS, Shelf.item("mug", "")).expect(409);
    shelf.variant("mug", id("mug"));
    shop.post(VARIANTS, Shelf.variant("mug", id("mug"), "")).expect(409);
    shelf.category("mug");
    var again =
        "{'data': {'type': 'catalog-category', 'attributes': {'external_id': 'mug', 'name': 'x'}}}";
    shop.post(CATEGORIES, json(again)).expect(409);
  }

  @Test
  void whatIsWrongIsTold() {
    var without = json("{'data': {'type': 'catalog-item', 'attributes': {}}}");
    assertThat(shop.post(ITEMS, without).expect(400).details())
        .contains(
            "'external_id' is a required field for the resource 'catalog-item'.",
            "'title' is a required field for the resource 'catalog-item'.",
            "'description' is a required field for the resource 'catalog-item'.",
            "'url' is a required field for the resource 'catalog-item'.");
    for (var more :
        List.of(
            ", 'integration_type': '$shopify'",
            ", 'catalog_type': 'other'",
            ", 'price': 1e300",
            ", 'price': 'cheap'",
            ", 'custom_metadata': {'a': {'b': 1}}",
            ", 'custom_metadata': {'a': '" + "x".repeat(100_000) + "'}",
            ", 'images': 'https://shop.example/one.jpg'",
            ", 'colour': 'red'")) {
      shop.post(ITEMS, Shelf.item("wrong", more)).expect(400);
    }
    shop.post(ITEMS, Shelf.item("x".repeat(256), "")).expect(400);
    shop.post(VARIANTS, Shelf.variant("v", id("nothing"), "")).expect(404);
    shelf.item("mug");
    shop.post(VARIANTS, Shelf.variant("v", id("mug"), ", 'inventory_policy': 3")).expect(400);
    assertThat(shop.get(ITEMS).ids()).containsExactly(id("mug"));
    assertThat(shop.get(VARIANTS).ids()).isEmpty();
  }

  @Test
  void aChangeKeepsWhatItDoesNotNameAndNullClears() {
    var more =
        ", 'price': 9.99, 'image_full_url': 'https://shop.example/m.jpg', 'published': false,"
            + " 'images': ['https://shop.example/1.jpg'], 'custom_metadata': {'colour': 'red'}";
    shop.post(ITEMS, Shelf.item("mug", more)).expect(201);

    var renamed = shelf.change(ITEMS, "catalog-item", id("mug"), "{'title': 'Cup'}").expect(200);
    assertThat(renamed.text("/data/attributes/title")).isEqualTo("Cup");
    assertThat(renamed.at("/data/attributes/price").decimalValue())
        .isEqualByComparingTo(new BigDecimal("9.99"));
    assertThat(renamed.at("/data/attributes/published").booleanValue()).isFalse();
    assertThat(renamed.text("/data/attributes/custom_metadata/colour")).isEqualTo("red");

    var cleared =
        shelf
            .change(
                ITEMS,
                "catalog-item",
                id("mug"),
                "{'title': null, 'price': null, 'image_full_url': null, 'images': null,"
                    + " 'custom_metadata': null, 'published': null}")
            .expect(200);
    assertThat(cleared.text("/data/attributes/title")).isEqualTo("Cup");
    assertThat(cleared.at("/data/attributes/price").isNull()).isTrue();
    assertThat(cleared.text("/data/attributes/image_full_url")).isEmpty();
    assertThat(cleared.at("/data/attributes/images")).isEmpty();
    assertThat(cleared.at("/data/attributes/custom_metadata")).isEmpty();
    assertThat(cleared.at("/data/attributes/published").booleanValue()).isTrue();

    var other = "{'data': {'type': 'catalog-item', 'id': '%s', 'attributes': {}}}";
    shop.patch(ITEMS + "/" + id("mug"), json(other.formatted(id("cup")))).expect(400);
    shelf.change(ITEMS, "catalog-item", id("cup"), "{}").expect(404);
  }

  @Test
  void variantsBelongToAnItemAndGoWithIt() {
    var mug = shelf.item("mug");
    var cup = shelf.item("cup");
    var red = shelf.variant("red", mug);
    var blue = shelf.variant("blue", mug);
    var other = shelf.variant("other", cup);

    var got = shop.get(VARIANTS + "/" + red).expect(200);
    assertThat(got.at("/data/attributes/inventory_policy").intValue()).isZero();
    assertThat(got.at("/data/attributes/inventory_quantity").intValue()).isZero();
    assertThat(got.text("/data/attributes/sku")).isEqualTo("sku-red");
    var stocked =
        shelf
            .change(
                VARIANTS,
                "catalog-variant",
                red,
                "{'inventory_quantity': 7, 'inventory_policy': 1, 'sku': null}")
            .expect(200);
    assertThat(stocked.at("/data/attributes/inventory_quantity").intValue()).isEqualTo(7);
    assertThat(stocked.at("/data/attributes/inventory_policy").intValue()).isEqualTo(1);
    assertThat(stocked.text("/data/attributes/sku")).isEqualTo("sku-red");

    assertThat(shop.get(ITEMS + "/" + mug + "/variants").ids()).containsExactly(red, blue);
    assertThat(shop.get(ITEMS + "/" + mug + "/relationships/variants?sort=-created").ids())
        .containsExactly(blue, red);
    var included = shop.get(ITEMS + "?include=variants").expect(200);
    assertThat(included.at("/data/0/relationships/variants/data")).hasSize(2);
    assertThat(included.at("/included")).hasSize(3);
    assertThat(
            shop.get(ITEMS + "/" + mug + "?include=variants&fields[catalog-variant]=sku")
                .expect(200)
                .at("/included/0/attributes"))
        .hasSize(1);

    shop.delete(ITEMS + "/" + mug).expect(204);
    shop.get(VARIANTS + "/" + red).expect(404);
    assertThat(shop.get(VARIANTS).ids()).containsExactly(other);
    shop.delete(VARIANTS + "/" + other).expect(204);
    shop.delete(VARIANTS + "/" + other).expect(404);
    shop.get(ITEMS + "/" + cup + "/variants").expect(200);
    shop.get(ITEMS + "/" + mug + "/variants").expect(404);
    shop.get(ITEMS + "/" + mug + "/relationships/variants").expect(404);
  }

  @Test
  void theyAreFoundAndSorted() {
    var mug = shelf.item("mug");
    shop.post(ITEMS, Shelf.item("cup", ", 'published': false")).expect(201);
    var red = shelf.variant("red", mug);
    shelf.variant("blue", id("cup"));
    var kitchen = shelf.category("kitchen");
    shop.post(CATEGORIES + "/" + kitchen + "/relationships/items", links("catalog-item", mug))
        .expect(204);

    assertThat(found(ITEMS, "any(ids,[\"%s\",\"nobody\"])".formatted(mug))).containsExactly(mug);
    assertThat(found(ITEMS, "contains(title,\"uG m\")")).containsExactly(mug);
    assertThat(found(ITEMS, "equals(published,false)")).containsExactly(id("cup"));
    assertThat(found(ITEMS, "equals(category.id,\"%s\")".formatted(kitchen))).containsExactly(mug);
    assertThat(shop.get(ITEMS + "?sort=-created").ids()).containsExactly(id("cup"), mug);

    assertThat(found(VARIANTS, "equals(item.id,\"%s\")".formatted(mug))).containsExactly(red);
    assertThat(found(VARIANTS, "equals(sku,\"sku-red\")")).containsExactly(red);
    assertThat(found(VARIANTS, "any(ids,[\"%s\"])".formatted(red))).containsExactly(red);
    assertThat(found(VARIANTS, "and(contains(title,\"red\"),equals(published,true))"))
        .containsExactly(id("red"), id("blue"));

    assertThat(found(CATEGORIES, "equals(item.id,\"%s\")".formatted(mug))).containsExactly(kitchen);
    assertThat(found(CATEGORIES, "contains(name,\"KITCH\")")).containsExactly(kitchen);
    assertThat(found(CATEGORIES, "equals(item.id,\"%s\")".formatted(id("cup")))).isEmpty();

    shop.get(ITEMS + "?filter=" + Shop.encoded("equals(title,\"x\")")).expect(400);
    shop.get(ITEMS + "?sort=title").expect(400);
    shop.get(ITEMS + "?page[size]=101").expect(400);
    shop.get(ITEMS + "?include=categories").expect(400);
  }

  private List<String> found(String collection, String filter) {
    return shop.get(collection + "?filter=" + Shop.encoded(filter)).expect(200).ids();
  }

  @Test
  void pagesAreFollowedInBothDirections() {
    var all = new ArrayList<String>();
    var kitchen = shelf.category("kitchen");
    for (int i = 0; i < 7; i++) {
      all.add(shelf.item("item-" + i));
    }
    shop.patch(
            CATEGORIES + "/" + kitchen + "/relationships/items",
            links("catalog-item", all.toArray(String[]::new)))
        .expect(204);
    for (var path :
        List.of(
            ITEMS,
            CATEGORIES + "/" + kitchen + "/items",
            CATEGORIES + "/" + kitchen + "/relationships/items")) {
      var first = shop.get(path + "?page[size]=3").expect(200);
      var second = shop.follow(first.text("/links/next")).expect(200);
      var third = shop.follow(second.text("/links/next")).expect(200);
      var together = new ArrayList<>(first.ids());
      together.addAll(second.ids());
      together.addAll(third.ids());
      assertThat(together).isEqualTo(all);
      assertThat(third.at("/links/next").isNull()).isTrue();
      assertThat(shop.follow(second.text("/links/prev")).ids()).isEqualTo(first.ids());
    }
  }

  @Test
  void itemsAndCategoriesAreLinkedFromEitherSide() {
    var mug = shelf.item("mug");
    var cup = shelf.item("cup");
    var kitchen = shelf.category("kitchen");
    var gifts = shelf.category("gifts");
    var ofMug = ITEMS + "/" + mug + "/relationships/categories";
    var ofKitchen = CATEGORIES + "/" + kitchen + "/relationships/items";

    shop.post(ofMug, links("catalog-category", kitchen, gifts)).expect(204);
    assertThat(shop.get(ofMug).ids()).containsExactly(kitchen, gifts);
    assertThat(shop.get(ITEMS + "/" + mug + "/categories").ids()).containsExactly(kitchen, gifts);
    assertThat(shop.get(ofKitchen).ids()).containsExactly(mug);
    assertThat(shop.post(ofMug, links("catalog-category", kitchen)).expect(409).body())
        .contains("\"conflict\"");

    shop.patch(ofKitchen, links("catalog-item", cup)).expect(204);
    assertThat(shop.get(CATEGORIES + "/" + kitchen + "/items").ids()).containsExactly(cup);
    assertThat(shop.get(ofMug).ids()).containsExactly(gifts);
    shop.patch(ofMug, links("catalog-category", kitchen)).expect(204);
    assertThat(shop.get(ofMug).ids()).containsExactly(kitchen);

    shop.delete(ofKitchen, links("catalog-item", cup)).expect(204);
    shop.delete(ofKitchen, links("catalog-item", cup, id("nothing"))).expect(204);
    assertThat(shop.get(ofKitchen).ids()).containsExactly(mug);
    shop.patch(ofMug, links("catalog-category")).expect(204);
    assertThat(shop.get(ofMug).ids()).isEmpty();
    shop.post(ofKitchen, links("catalog-item", mug)).expect(204);
    shop.delete(ofMug, links("catalog-category", kitchen)).expect(204);
    assertThat(shop.get(ofKitchen).ids()).isEmpty();
  }

  @Test
  void nothingIsLinkedWhenAnyOfItIsNotThere() {
    var mug = shelf.item("mug");
    var kitchen = shelf.category("kitchen");
    var ofMug = ITEMS + "/" + mug + "/relationships/categories";
    shop.post(ofMug, links("catalog-category", kitchen, id("nothing"))).expect(404);
    shop.patch(ofMug, links("catalog-category", kitchen, id("nothing"))).expect(404);
    assertThat(shop.get(ofMug).ids()).isEmpty();
    shop.post(ITEMS + "/x/relationships/categories", links("catalog-category", kitchen))
        .expect(404);
    shop.delete(CATEGORIES + "/x/relationships/items", links("catalog-item", mug)).expect(404);
    shop.post(ofMug, links("catalog-item", mug)).expect(400);
    shop.get(ITEMS + "/x/categories").expect(404);
    shop.get(CATEGORIES + "/x/items").expect(404);
  }

  @Test
  void linksComeWithWhatIsMadeOrChanged() {
    var kitchen = shelf.category("kitchen");
    var made =
        shop.post(
                ITEMS,
                Shelf.item("mug", "")
                    .replace(
                        "}}}",
                        json(
                            """
                            }, 'relationships': {'categories': {'data': [
                              {'type': 'catalog-category', 'id': '%s'}]}}}}
                            """
                                .formatted(kitchen))))
            .expect(201);
    assertThat(shop.get(CATEGORIES + "/" + kitchen + "/items").ids()).containsExactly(made.id());

    var emptied =
        "{'data': {'type': 'catalog-category', 'id': '%s', 'attributes': {'name': 'Home'},"
            + " 'relationships': {'items': {'data': []}}}}";
    var renamed =
        shop.patch(CATEGORIES + "/" + kitchen, json(emptied.formatted(kitchen))).expect(200);
    assertThat(renamed.text("/data/attributes/name")).isEqualTo("Home");
    assertThat(shop.get(CATEGORIES + "/" + kitchen + "/items").ids()).isEmpty();

    var lost =
        "{'data': {'type': 'catalog-category', 'attributes': {'external_id': 'lost', 'name': 'L'},"
            + " 'relationships': {'items': {'data': [{'type': 'catalog-item', 'id': 'no'}]}}}}";
    shop.post(CATEGORIES, json(lost)).expect(404);
    shop.get(CATEGORIES + "/" + id("lost")).expect(404);

    shop.delete(CATEGORIES + "/" + kitchen).expect(204);
    shop.get(CATEGORIES + "/" + kitchen).expect(404);
    shop.get(ITEMS + "/" + made.id()).expect(200);
  }

  @Test
  void accountsDoNotSeeEachOthersCatalogs() {
    shelf.item("mug");
    var other = TestServer.shop();
    other.get(ITEMS + "/" + id("mug")).expect(404);
    assertThat(other.get(ITEMS).ids()).isEmpty();
    new Shelf(other).item("mug");
    Answer mine = shelf.change(ITEMS, "catalog-item", id("mug"), "{'title': 'Mine'}");
    assertThat(mine.expect(200).text("/data/attributes/title")).isEqualTo("Mine");
    assertThat(other.get(ITEMS + "/" + id("mug")).text("/data/attributes/title"))
        .isEqualTo("Mug mug");
  }
}
