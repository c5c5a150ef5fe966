package carillon.catalogs;

import static carillon.jsonapi.RateLimit.L;
import static carillon.jsonapi.RateLimit.XL;

import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import java.util.stream.Stream;

/** The operations on variants. */
final class VariantsApi {

  private static final String VARIANTS = "/api/catalog-variants";
  private static final String VARIANT = VARIANTS + "/{id}";

  private final Database db;
  private final VariantStore variants;

  VariantsApi(Database db, VariantStore variants) {
    this.db = db;
    this.variants = variants;
  }

  Stream<Operation> operations() {
    var type = CatalogTypes.VARIANT;
    return Stream.of(
        reading(type.list("get_catalog_variants", VARIANTS, "List the variants of all items"))
            .filter(CatalogTypes.VARIANT_FILTERS)
            .sort(CatalogTypes.VARIANT_CREATED)
            .page(100, 100)
            .to(request -> Reply.rows(variants.page(request.account(), request.select()))),
        writing(type.create("create_catalog_variant", VARIANTS, "Create a variant of an item"))
            .body(CatalogFields.newVariant())
            .to(this::create),
        reading(type.get("get_catalog_variant", VARIANT, "Get a variant"))
            .to(request -> Reply.row(variants.get(request.account(), request.id()))),
        writing(type.update("update_catalog_variant", VARIANT, "Change a variant"))
            .body(CatalogFields.variant())
            .to(this::update),
        writing(type.delete("delete_catalog_variant", VARIANT, "Delete a variant"))
            .to(this::delete));
  }

  private Reply create(Request request) {
    var resource = CatalogFields.checked(request);
    return Reply.row(
        db.<CatalogVariant>transaction(
            Repeat.SAFE, tx -> variants.create(tx, request.account(), resource)));
  }

  private Reply update(Request request) {
    var resource = CatalogFields.checkedChange(request);
    return Reply.row(
        db.<CatalogVariant>transaction(
            Repeat.SAFE, tx -> variants.update(tx, request.account(), request.id(), resource)));
  }

  private Reply delete(Request request) {
    db.transact(Repeat.SAFE, tx -> variants.delete(tx, request.account(), request.id()));
    return Reply.nothing();
  }

  private static OperationBuilder reading(OperationBuilder operation) {
    return operation.group("Catalogs").scopes("catalogs:read").limit(XL);
  }

  private static OperationBuilder writing(OperationBuilder operation) {
    return operation.group("Catalogs").scopes("catalogs:write").limit(L);
  }
}
