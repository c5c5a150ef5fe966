package carillon.tags;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.platform.db.Tx;
import java.util.Optional;
import java.util.UUID;

/** What tags and groups have in common: few of them, each with a name of its own. */
enum Named {
  TAG("tag", "tag", "tags", 500),
  GROUP("tag_group", "tag group", "tag groups", 50);

  private final String table;
  private final String one;
  private final String many;
  private final int most;

  Named(String table, String one, String many, int most) {
    this.table = table;
    this.one = one;
    this.many = many;
    this.most = most;
  }

  /** The id that a path names; empty when nothing can have it. */
  static Optional<UUID> id(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /**
   * Writers of one account's tags take turns, so that counts and names are sure. Answers the
   * default group.
   */
  static UUID lock(Tx tx, String account) {
    return tx.sql("select id from tag_group where account_id = :account and is_default for update")
        .bind("account", account)
        .one(row -> row.uuid("id"));
  }

  void refuseMore(Tx tx, String account) {
    var there =
        tx.sql("select count(*) as n from " + table + " where account_id = :account")
            .bind("account", account)
            .one(row -> row.number("n"));
    if (there >= most) {
      throw ApiError.of(
          Fault.Code.INVALID, "An account can have at most " + most + " " + many + ".");
    }
  }

  void refuseTaken(Tx tx, String account, String name) {
    tx.sql("select 1 from " + table + " where account_id = :account and lower(name) = lower(:name)")
        .bind("account", account)
        .bind("name", name)
        .first(row -> row)
        .ifPresent(_ -> {
          throw ApiError.conflict("A " + one + " with the name '" + name + "' already exists.");
        });
  }

  /** Another spelling of its own name is not taken. */
  void rename(Tx tx, String account, UUID id, String old, String name) {
    if (!old.equalsIgnoreCase(name)) {
      refuseTaken(tx, account, name);
    }
    tx.sql("update " + table + " set name = :name where account_id = :account and id = :id")
        .bind("account", account)
        .bind("id", id)
        .bind("name", name)
        .run();
  }
}
