package carillon.tags;

import carillon.platform.db.Row;
import java.util.UUID;

/** A group of tags; of an exclusive one a resource can have one tag at most. */
record TagGroup(UUID id, String name, boolean exclusive, boolean isDefault) {

  static TagGroup of(Row row) {
    return new TagGroup(
        row.uuid("id"), row.text("name"), row.bool("exclusive"), row.bool("is_default"));
  }
}
