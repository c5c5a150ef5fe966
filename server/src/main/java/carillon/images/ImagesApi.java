package carillon.images;

import static carillon.images.Images.HIDDEN;
import static carillon.images.Images.NAME;
import static carillon.jsonapi.Op.ANY;
import static carillon.jsonapi.Op.CONTAINS;
import static carillon.jsonapi.Op.ENDS_WITH;
import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.Op.GREATER_OR_EQUAL;
import static carillon.jsonapi.Op.GREATER_THAN;
import static carillon.jsonapi.Op.LESS_OR_EQUAL;
import static carillon.jsonapi.Op.LESS_THAN;
import static carillon.jsonapi.Op.STARTS_WITH;
import static carillon.jsonapi.RateLimit.M;

import carillon.jsonapi.Body;
import carillon.jsonapi.Field;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.RateLimit;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Sortable;
import carillon.platform.fetch.SafeFetch;
import java.util.stream.Stream;

/** The operations on images. */
public final class ImagesApi {

  private static final RateLimit IMPORTS = new RateLimit(3, 100, 100);
  private static final RateLimit UPLOADS = new RateLimit(3, 100, 500);
  private static final Field<String> URL =
      Schema.text().length(1, 8_000_000).as("import_from_url").required();

  private static final Sortable BY_UPDATE = Sortable.moment("updated_at", "t.updated_at");

  private final ImageStore store;
  private final ResourceType<Image> type;
  private final ImageImport imports;

  /** {@code fetch} gets the images that users name by URL. */
  public ImagesApi(Images images, SafeFetch fetch) {
    this.store = images.store();
    this.type = images.type();
    this.imports = new ImageImport(fetch);
  }

  public Stream<Operation> operations() {
    return Stream.of(list(), importFromUrl(), get(), update(), upload());
  }

  private Operation list() {
    return reading(type.list("get_images", "/api/images", "List the images"))
        .filter(
            Filterable.text("id", "t.id::text", EQUALS).list(ANY, EQUALS),
            Filterable.moment(
                "updated_at",
                "t.updated_at",
                GREATER_OR_EQUAL,
                GREATER_THAN,
                LESS_OR_EQUAL,
                LESS_THAN),
            Filterable.text("format", "t.format", EQUALS).list(ANY, EQUALS),
            Filterable.text("name", "t.name", CONTAINS, ENDS_WITH, EQUALS, STARTS_WITH)
                .list(ANY, EQUALS),
            Filterable.of(
                "size",
                Filterable.Kind.WHOLE,
                "t.size",
                GREATER_OR_EQUAL,
                GREATER_THAN,
                LESS_OR_EQUAL,
                LESS_THAN),
            Filterable.of("hidden", Filterable.Kind.BOOLEAN, "t.hidden", EQUALS).list(ANY, EQUALS))
        .sort(
            Sortable.text("format", "t.format"),
            Sortable.text("id", "t.id"),
            Sortable.text("name", "t.name"),
            new Sortable("size", "t.size", "integer", false),
            BY_UPDATE)
        .order(BY_UPDATE, true)
        .page(20, 100)
        .to(request -> Reply.rows(store.images(request.account(), request.select())));
  }

  private Operation importFromUrl() {
    return writing(type.create("upload_image_from_url", "/api/images", "Import an image"))
        .aliases("create_image")
        .effect(Operation.Effect.FETCHES)
        .limit(IMPORTS)
        .body(Body.of("image").attributes(NAME.nullable(), URL, HIDDEN.preset(false).nullable()))
        .to(this::imported);
  }

  private Reply imported(Request request) {
    var url = request.get(URL);
    var file = imports.file(url);
    return Reply.row(
        store.create(
            request.account(),
            request.find(NAME).orElseGet(() -> ImageImport.name(url)),
            request.find(HIDDEN).orElse(false),
            file));
  }

  private Operation get() {
    return reading(type.get("get_image", "/api/images/{id}", "Get an image"))
        .to(request -> Reply.row(store.get(request.account(), request.id())));
  }

  private Operation update() {
    return writing(type.update("update_image", "/api/images/{id}", "Rename, hide or show an image"))
        .limit(M)
        .body(Body.of("image").id().attributes(NAME.nullable(), HIDDEN.nullable()))
        .to(request ->
            Reply.row(
                store.update(
                    request.account(), request.id(), request.find(NAME), request.find(HIDDEN))));
  }

  private Operation upload() {
    return writing(type.create("upload_image_from_file", "/api/image-upload", "Upload an image"))
        .aliases("create_image_upload")
        .limit(UPLOADS)
        .multipart(
            Schema.struct(
                "image",
                Schema.text().format("binary").as("file").required(),
                NAME,
                HIDDEN.preset(false)))
        .to(request -> {
          var type = request.raw().header("Content-Type").orElse("");
          var upload = ImageUpload.of(type, request.raw().body());
          return Reply.row(
              store.create(request.account(), upload.name(), upload.hidden(), upload.file()));
        });
  }

  private static OperationBuilder reading(OperationBuilder operation) {
    return operation.group("Images").scopes("images:read").limit(M);
  }

  private static OperationBuilder writing(OperationBuilder operation) {
    return operation.group("Images").scopes("images:write");
  }
}
