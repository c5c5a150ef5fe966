package carillon.demo;

import carillon.jsonapi.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** Something the invented shop sells. */
record Product(String id, String title, String category, BigDecimal price) {

  private static final List<Product> ALL =
      List.of(
          of("P-01", "Boston fern", "Ferns", "18.00"),
          of("P-02", "Maidenhair fern", "Ferns", "22.50"),
          of("P-03", "Bird's nest fern", "Ferns", "27.00"),
          of("P-04", "Monstera", "Leafy", "39.00"),
          of("P-05", "Fiddle-leaf fig", "Leafy", "64.00"),
          of("P-06", "Rubber plant", "Leafy", "34.00"),
          of("P-07", "Aloe", "Succulents", "12.00"),
          of("P-08", "Jade plant", "Succulents", "16.00"),
          of("P-09", "String of pearls", "Succulents", "19.50"),
          of("P-10", "Terracotta pot", "Pots", "9.00"),
          of("P-11", "Glazed pot", "Pots", "24.00"),
          of("P-12", "Watering can", "Tools", "29.00"));

  static Product any(RandomGenerator random) {
    return ALL.get(random.nextInt(ALL.size()));
  }

  static Product of(int number) {
    return ALL.get(number % ALL.size());
  }

  ObjectNode properties() {
    return Json.object()
        .put("ProductID", id)
        .put("ProductName", title)
        .put("Categories", category)
        .put("Price", price)
        .put("URL", "https://shop.example.org/products/" + id);
  }

  private static Product of(String id, String title, String category, String price) {
    return new Product(id, title, category, new BigDecimal(price));
  }
}
