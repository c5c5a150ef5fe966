package carillon.images;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Queries;
import carillon.platform.db.Row;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Images in the database, their bytes included, so that every node can serve them. */
final class ImageStore {

  private static final String IMAGES =
      """
      select t.id, t.name, t.format, t.size, t.hidden, t.file_name, t.updated_at
      from image t where t.account_id = :account\
      """;

  private final Database db;
  private final Clock clock;
  private final Ids ids;

  ImageStore(Database db, Clock clock, Ids ids) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
  }

  Slice<Image> images(String account, Select select) {
    var all = !select.filterValues("hidden").isEmpty();
    return new Paged<>(
            all ? IMAGES : IMAGES + " and not t.hidden", "t.id", "bigint", ImageStore::image)
        .bind("account", account)
        .page(db, select);
  }

  Image get(String account, String id) {
    return get(db, account, id);
  }

  List<Image> all(String account, Collection<Long> wanted) {
    return db.sql(IMAGES + " and t.id = any(:ids)")
        .bind("account", account)
        .array("ids", "bigint", wanted)
        .list(ImageStore::image);
  }

  Image create(String account, String name, boolean hidden, ImageFile file) {
    return db.transaction(tx -> {
      lock(tx, account);
      var unique = unique(tx, account, name);
      var fileName = ids.uuid() + "." + file.format().word();
      while (true) {
        var image =
            new Image(
                Long.parseLong(ids.numericId()),
                unique,
                file.format(),
                file.bytes().length,
                hidden,
                fileName,
                now());
        if (insert(tx, account, image, file) == 1) {
          return image;
        }
      }
    });
  }

  private static int insert(Tx tx, String account, Image image, ImageFile file) {
    return tx.sql(
            """
            insert into image (account_id, id, name, format, size, width, height, hidden,
              file_name, content, created_at, updated_at)
            values (:account, :id, :name, :format, :size, :width, :height, :hidden,
              :fileName, :content, :now, :now)
            on conflict (account_id, id) do nothing
            """)
        .bind("account", account)
        .bind("id", image.id())
        .bind("name", image.name())
        .bind("format", image.format().word())
        .bind("size", image.size())
        .bind("width", file.dimensions().width())
        .bind("height", file.dimensions().height())
        .bind("hidden", image.hidden())
        .bind("fileName", image.fileName())
        .bind("content", file.bytes())
        .bind("now", image.updatedAt())
        .run();
  }

  Image update(String account, String id, Optional<String> name, Optional<Boolean> hidden) {
    return db.transaction(tx -> {
      lock(tx, account);
      var before = get(tx, account, id);
      var called =
          name.filter(wanted -> !wanted.equals(before.name()))
              .map(wanted -> unique(tx, account, wanted))
              .orElse(before.name());
      var after =
          new Image(
              before.id(),
              called,
              before.format(),
              before.size(),
              hidden.orElse(before.hidden()),
              before.fileName(),
              now());
      tx.sql(
              """
              update image set name = :name, hidden = :hidden, updated_at = :now
              where account_id = :account and id = :id
              """)
          .bind("account", account)
          .bind("id", after.id())
          .bind("name", after.name())
          .bind("hidden", after.hidden())
          .bind("now", after.updatedAt())
          .run();
      return after;
    });
  }

  /** The bytes served under a file name, which is unique over all accounts. */
  Optional<byte[]> content(String fileName) {
    return db.sql("select content from image where file_name = :fileName")
        .bind("fileName", fileName)
        .first(row -> row.bytes("content"));
  }

  /** Those who name images of an account take turns, so that names stay unique. */
  private static void lock(Tx tx, String account) {
    tx.sql("select id from account where id = :account for no key update")
        .bind("account", account)
        .one(row -> row.text("id"));
  }

  private static String unique(Tx tx, String account, String name) {
    var taken =
        tx.sql(
                """
                select name from image
                where account_id = :account and (name = :name or starts_with(name, :prefix))
                """)
            .bind("account", account)
            .bind("name", name)
            .bind("prefix", name + ".")
            .list(row -> row.text("name"));
    return UniqueName.of(name, new HashSet<>(taken)::contains);
  }

  private static Image get(Queries queries, String account, String id) {
    return number(id)
        .flatMap(number ->
            queries
                .sql(IMAGES + " and t.id = :id")
                .bind("account", account)
                .bind("id", number)
                .first(ImageStore::image))
        .orElseThrow(() -> ApiError.missing("An", "image", id));
  }

  private static Optional<Long> number(String id) {
    return id.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.valueOf(id)) : Optional.empty();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static Image image(Row row) {
    return new Image(
        row.number("id"),
        row.text("name"),
        ImageFormat.named(row.text("format")),
        row.integer("size"),
        row.bool("hidden"),
        row.text("file_name"),
        row.instant("updated_at"));
  }
}
