package carillon.campaigns;

import carillon.images.Images;
import carillon.jsonapi.ApiError;

/** The pictures of messages; a mail has its own in its template. */
final class Pictures {

  private final Images images;

  Pictures(Images images) {
    this.images = images;
  }

  void check(String account, String channel, String id) {
    if (channel.equals("email")) {
      throw ApiError.invalid(
          "/data/relationships/images/",
          "Image relationships are only supported for push and SMS messages");
    }
    images.get(account, id);
  }
}
