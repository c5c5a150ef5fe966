package carillon.images;

/** Width and height in pixels. */
record Dimensions(long width, long height) {

  long pixels() {
    return width * height;
  }

  Dimensions including(Dimensions other) {
    return new Dimensions(Math.max(width, other.width), Math.max(height, other.height));
  }
}
