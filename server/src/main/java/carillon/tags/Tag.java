package carillon.tags;

import java.util.UUID;

/** A tag; every tag is in a group. */
public record Tag(UUID id, String name, UUID groupId) {}
