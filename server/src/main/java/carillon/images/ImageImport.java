package carillon.images;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.platform.fetch.FetchRequest;
import carillon.platform.fetch.FetchResult;
import carillon.platform.fetch.SafeFetch;
import java.net.URI;
import java.net.URISyntaxException;

/** Gets images from where users say they are. */
final class ImageImport {

  private static final ApiError UNUSABLE =
      ApiError.invalid("/data/attributes/import_from_url", "Unable to fetch the URL you entered.");

  private final SafeFetch fetch;

  ImageImport(SafeFetch fetch) {
    this.fetch = fetch;
  }

  /** The image at an address or in a {@code data:} URI; all that can be wrong is told alike. */
  ImageFile file(String url) {
    try {
      return ImageFile.of(DataUri.is(url) ? DataUri.bytes(url) : fetched(url));
    } catch (UnusableImage _) {
      throw UNUSABLE;
    }
  }

  private byte[] fetched(String url) {
    return switch (fetch.fetch(FetchRequest.get(url))) {
      case FetchResult.Fetched fetched when fetched.successful() -> fetched.body();
      case FetchResult.Fetched _, FetchResult.Failed _ -> throw UNUSABLE;
    };
  }

  /** What an image without a name of its own is called: the last part of its address. */
  static String name(String url) {
    if (DataUri.is(url)) {
      return "image";
    }
    try {
      var path = new URI(url.strip()).getPath();
      return ImageUpload.name(path == null ? "" : path);
    } catch (URISyntaxException _) {
      return "image";
    }
  }

  /** What to answer for an uploaded file that is no image. */
  static Fault fault(UnusableImage e, String pointer) {
    return Fault.at(
        pointer,
        switch (e.reason()) {
          case TOO_LARGE -> "The file must have at most 5 MB.";
          case TOO_MANY_PIXELS -> "The image has too many pixels.";
          case UNKNOWN_FORMAT -> "The file must be a JPEG, PNG or GIF image.";
          case DAMAGED, BAD_DATA_URI -> "The image is damaged.";
        });
  }
}
