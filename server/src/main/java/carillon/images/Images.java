package carillon.images;

import static java.util.stream.Collectors.toMap;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Field;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The images of accounts, for the features that show them. */
public final class Images {

  /** Most bytes an image may have. */
  public static final int MOST_BYTES = ImageFile.MOST_BYTES;

  static final int LONGEST_NAME = 255;
  static final String PATH = "/images/";
  static final Field<Boolean> HIDDEN = Schema.bool().as("hidden");
  static final Field<String> NAME = Schema.text().length(1, LONGEST_NAME).as("name");

  private final ImageStore store;
  private final ResourceType<Image> type;

  /** {@code base} is the public address of the server, without trailing slash. */
  public Images(Database db, Clock clock, Ids ids, String base) {
    this.store = new ImageStore(db, clock, ids);
    this.type =
        ResourceType.of(
            "image",
            "images",
            image -> Long.toString(image.id()),
            List.of(
                Attribute.of(NAME.required(), Image::name),
                Attribute.of(
                    Schema.text().as("image_url").required(),
                    image -> base + PATH + image.fileName()),
                Attribute.of(Schema.text().as("format").required(), image -> image.format().word()),
                Attribute.of(Schema.whole().as("size").required(), Image::size),
                Attribute.of(HIDDEN.required(), Image::hidden),
                Attribute.of(Schema.moment().as("updated_at").required(), Image::updatedAt)));
  }

  ImageStore store() {
    return store;
  }

  /** An image as it appears in answers. */
  public ResourceType<Image> type() {
    return type;
  }

  /** An image; 404 when there is none. */
  public Image get(String account, String id) {
    return store.get(account, id);
  }

  /** Those that are there, by id. */
  public Map<Long, Image> byId(String account, Collection<Long> ids) {
    return store.all(account, ids).stream().collect(toMap(Image::id, image -> image));
  }
}
