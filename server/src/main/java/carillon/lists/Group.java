package carillon.lists;

/** People who belong together under an id, such as those on a list or in a segment. */
public interface Group {

  /** Throws the refusal the API words for a group that is not there. */
  void check(String account, String id);

  /**
   * An SQL query for the {@code profile_id}s in any of some groups, naming {@code :account}.
   *
   * @param ids parameter that holds the ids as {@code text[]}
   */
  String all(String ids);

  /**
   * The same query for the next of them only, each once and in the order of ids.
   *
   * @param after parameter that holds the last id before them
   * @param most parameter that holds how many there may be
   */
  String page(String ids, String after, String most);
}
