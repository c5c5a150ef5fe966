package carillon.catalogs;

import carillon.jsonapi.ApiError;
import carillon.platform.db.Tx;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** Which items are in which categories. */
final class CatalogLinks {

  /** A side of links, from which they are looked at. */
  enum Side {
    ITEM("item_id", "An", "item", "catalog_item"),
    CATEGORY("category_id", "A", "category", "catalog_category");

    private final String column;
    private final String article;
    private final String word;
    private final String table;

    Side(String column, String article, String word, String table) {
      this.column = column;
      this.article = article;
      this.word = word;
      this.table = table;
    }

    private Side other() {
      return this == ITEM ? CATEGORY : ITEM;
    }
  }

  /**
   * Keeps things as they are until the end of the transaction, each in turn by id, so that two
   * transactions never wait for each other.
   */
  static void hold(Tx tx, Side side, String account, Collection<String> ids) {
    var there =
        new HashSet<>(
            tx.sql(
                    """
                    select id from %s where account_id = :account and id = any(:ids)
                    order by id for key share
                    """
                        .formatted(side.table))
                .bind("account", account)
                .array("ids", "text", ids)
                .list(row -> row.text("id")));
    for (var id : ids) {
      if (!there.contains(id)) {
        throw ApiError.missing(side.article, side.word, id);
      }
    }
  }

  /** The same of one that is about to be changed. */
  static void seize(Tx tx, Side side, String account, String id) {
    tx.sql(
            """
            select id from %s where account_id = :account and id = :id for no key update
            """
                .formatted(side.table))
        .bind("account", account)
        .bind("id", id)
        .first(row -> row.text("id"))
        .orElseThrow(() -> ApiError.missing(side.article, side.word, id));
  }

  /** Links one to others; refused when a link is there already. */
  static void add(Tx tx, Side side, String account, String id, List<String> others) {
    seize(tx, side, account, id);
    hold(tx, side.other(), account, others);
    if (link(tx, side, account, id, others) < new HashSet<>(others).size()) {
      throw ApiError.conflict(
          "The %s with id %s is already related to one of these.".formatted(side.word, id));
    }
  }

  /** Links one, which is seized, to others and to nothing else. */
  static void replace(Tx tx, Side side, String account, String id, List<String> others) {
    hold(tx, side.other(), account, others);
    tx.sql(
            """
            delete from catalog_link
            where account_id = :account and %s = :id and %s <> all(:others)
            """
                .formatted(side.column, side.other().column))
        .bind("account", account)
        .bind("id", id)
        .array("others", "text", others)
        .run();
    link(tx, side, account, id, others);
  }

  /** Links one to others, which are held. */
  static int link(Tx tx, Side side, String account, String id, List<String> others) {
    return tx.sql(
            """
            insert into catalog_link (account_id, %s, %s)
            select distinct :account, :id, other from unnest(:others) other
            on conflict do nothing
            """
                .formatted(side.column, side.other().column))
        .bind("account", account)
        .bind("id", id)
        .array("others", "text", others)
        .run();
  }

  /** Ends the links of one to others, if there are any. */
  static void remove(Tx tx, Side side, String account, String id, List<String> others) {
    seize(tx, side, account, id);
    tx.sql(
            """
            delete from catalog_link
            where account_id = :account and %s = :id and %s = any(:others)
            """
                .formatted(side.column, side.other().column))
        .bind("account", account)
        .bind("id", id)
        .array("others", "text", others)
        .run();
  }

  private CatalogLinks() {}
}
