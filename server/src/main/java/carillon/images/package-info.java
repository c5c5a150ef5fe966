/**
 * Images that users upload or import, kept for their mails.
 *
 * <p>A file is looked at only as far as needed to know what it is and how large: no pixel is ever
 * decoded here. Must not know who uses an image.
 */
package carillon.images;
