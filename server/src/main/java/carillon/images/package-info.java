/**
 * Images that users upload or import, kept for their mails and served to their readers.
 *
 * <p>A file is looked at only as far as needed to know what it is and how large: no pixel is ever
 * decoded here. Published: {@link carillon.images.Images} with its operations {@link
 * carillon.images.ImagesApi}, and {@link carillon.images.ImagePages}, which serves the bytes. Must
 * not know who uses an image.
 */
package carillon.images;
