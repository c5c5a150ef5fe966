package carillon.tags;

import carillon.platform.db.Row;
import java.util.UUID;

/** A tag; every tag is in a group. */
public record Tag(UUID id, String name, UUID groupId) {

  static Tag of(Row row) {
    return new Tag(row.uuid("id"), row.text("name"), row.uuid("tag_group_id"));
  }
}
