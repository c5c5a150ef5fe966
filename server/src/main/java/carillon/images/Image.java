package carillon.images;

import java.time.Instant;

/**
 * An image of an account.
 *
 * @param size in bytes
 * @param hidden whether it is left out of the usual list
 * @param fileName what its address ends with; never changes
 */
public record Image(
    long id,
    String name,
    ImageFormat format,
    int size,
    boolean hidden,
    String fileName,
    Instant updatedAt) {}
