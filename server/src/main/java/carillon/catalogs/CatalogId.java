package carillon.catalogs;

/**
 * The ids of items, variants and categories: where they come from, which catalog they are in, and
 * the shop's own id, which may have any characters.
 */
final class CatalogId {

  private static final String OURS = "$custom:::$default:::";
  private static final int PARTS = 3;

  /** The longest id of a shop's own with which the whole id is not too long for a body. */
  static final int LONGEST_EXTERNAL = 255 - OURS.length();

  static String of(String externalId) {
    return OURS + externalId;
  }

  static String external(String id) {
    return id.split(":::", PARTS)[PARTS - 1];
  }

  private CatalogId() {}
}
