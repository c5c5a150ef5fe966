package carillon.catalogs;

import carillon.catalogs.CatalogLinks.Side;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.Slice;
import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import java.util.function.Function;

/** Answers requests about what is linked, from either side alike. */
final class LinkRequests {

  private final Database db;

  LinkRequests(Database db) {
    this.db = db;
  }

  Reply add(Side side, Request request) {
    db.transact(
        Repeat.SAFE,
        tx -> CatalogLinks.add(tx, side, request.account(), request.id(), request.linkages()));
    return Reply.nothing();
  }

  Reply replace(Side side, Request request) {
    db.transact(
        Repeat.SAFE,
        tx -> {
          CatalogLinks.seize(tx, side, request.account(), request.id());
          CatalogLinks.replace(tx, side, request.account(), request.id(), request.linkages());
        });
    return Reply.nothing();
  }

  Reply remove(Side side, Request request) {
    db.transact(
        Repeat.SAFE,
        tx -> CatalogLinks.remove(tx, side, request.account(), request.id(), request.linkages()));
    return Reply.nothing();
  }

  /** The ids of a page. */
  static <T> Reply ids(Slice<T> page, Function<T, String> id) {
    return new Reply.Ids(
        new Slice<>(page.rows().stream().map(id).toList(), page.next(), page.prev()));
  }
}
