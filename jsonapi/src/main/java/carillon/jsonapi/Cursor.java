package carillon.jsonapi;

import java.util.Optional;

/**
 * A place in a sorted collection: after (or before) the row with these keys.
 *
 * @param forward true for the rows after it
 * @param key the row's sort key as PostgreSQL prints it; empty when the key is null or there is
 *     none
 * @param id the row's id as text
 */
public record Cursor(boolean forward, Optional<String> key, String id) {}
