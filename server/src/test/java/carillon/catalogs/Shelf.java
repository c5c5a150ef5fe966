package carillon.catalogs;

import carillon.testing.Answer;
import carillon.testing.Shop;

/** Puts things in the catalog of a shop, as any client would. */
record Shelf(Shop shop) {

  static final String ITEMS = "/api/catalog-items";
  static final String VARIANTS = "/api/catalog-variants";
  static final String CATEGORIES = "/api/catalog-categories";

  static String id(String external) {
    return "$custom:::$default:::" + external;
  }

  static String path(String collection, String id) {
    return collection + "/" + Shop.encoded(id).replace("+", "%20");
  }

  static String json(String text) {
    return text.replace('\'', '"');
  }

  static String item(String external, String more) {
    return json(
        """
        {'data': {'type': 'catalog-item', 'attributes': {'external_id': '%s', 'title': 'Mug %1$s',
          'description': 'For tea', 'url': 'https://shop.example/mug'%s}}}
        """
            .formatted(external, more));
  }

  String item(String external) {
    return shop.post(ITEMS, item(external, "")).expect(201).id();
  }

  static String variant(String external, String item, String more) {
    return json(
        """
        {'data': {'type': 'catalog-variant', 'attributes': {'external_id': '%s',
          'title': 'Red mug %1$s', 'description': 'For tea', 'sku': 'sku-%1$s',
          'inventory_quantity': 0, 'price': 12.5, 'url': 'https://shop.example/mug/red'%s},
          'relationships': {'item': {'data': {'type': 'catalog-item', 'id': '%s'}}}}}
        """
            .formatted(external, more, item));
  }

  String variant(String external, String item) {
    return shop.post(VARIANTS, variant(external, item, "")).expect(201).id();
  }

  String category(String external) {
    return shop.post(
            CATEGORIES,
            json(
                """
                {'data': {'type': 'catalog-category', 'attributes': {'external_id': '%s',
                  'name': 'Kind %1$s'}}}
                """
                    .formatted(external)))
        .expect(201)
        .id();
  }

  Answer change(String collection, String type, String id, String attributes) {
    return shop.patch(
        path(collection, id),
        json(
            """
            {'data': {'type': '%s', 'id': '%s', 'attributes': %s}}
            """
                .formatted(type, id, attributes)));
  }

  static String links(String type, String... ids) {
    var all = new StringBuilder();
    for (var id : ids) {
      all.append(all.isEmpty() ? "" : ", ")
          .append("{'type': '%s', 'id': '%s'}".formatted(type, id));
    }
    return json("{'data': [" + all + "]}");
  }
}
