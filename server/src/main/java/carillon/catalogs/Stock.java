package carillon.catalogs;

import carillon.jsonapi.Values;
import carillon.platform.db.Row;
import carillon.platform.db.Statement;
import java.math.BigDecimal;

/**
 * What there is of a variant.
 *
 * @param policy what becomes of it in feeds of products when there is none: 1 hides it
 */
record Stock(String sku, long policy, BigDecimal quantity) {

  static Stock read(Values attributes) {
    return new Stock(
        attributes.get(CatalogFields.SKU),
        attributes.find(CatalogFields.INVENTORY_POLICY).orElse(0L),
        attributes.get(CatalogFields.INVENTORY_QUANTITY));
  }

  Stock changed(Values attributes) {
    return new Stock(
        attributes.find(CatalogFields.SKU).orElse(sku),
        attributes.has(CatalogFields.INVENTORY_POLICY)
            ? attributes.find(CatalogFields.INVENTORY_POLICY).orElse(0L)
            : policy,
        attributes.find(CatalogFields.INVENTORY_QUANTITY).orElse(quantity));
  }

  Statement bindTo(Statement statement) {
    return statement.bind("sku", sku).bind("policy", policy).bind("quantity", quantity);
  }

  static Stock read(Row row) {
    return new Stock(
        row.text("sku"), row.integer("inventory_policy"), row.decimal("inventory_quantity"));
  }
}
