package carillon.images;

/** Bytes or a data URI that cannot become an image here. */
final class UnusableImage extends Exception {

  private static final long serialVersionUID = 1L;

  enum Reason {
    TOO_LARGE,
    TOO_MANY_PIXELS,
    UNKNOWN_FORMAT,
    DAMAGED,
    BAD_DATA_URI
  }

  private final Reason reason;

  UnusableImage(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
