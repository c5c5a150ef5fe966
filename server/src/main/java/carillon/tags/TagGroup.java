package carillon.tags;

import java.util.UUID;

/** A group of tags; of an exclusive one a resource can have one tag at most. */
record TagGroup(UUID id, String name, boolean exclusive, boolean isDefault) {}
