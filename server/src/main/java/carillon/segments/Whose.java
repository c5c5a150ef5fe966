package carillon.segments;

/** Whose rows a query of members looks at, as SQL over the tables of people. */
sealed interface Whose {

  /** Those of the one person {@code profile p}, who is looked up. */
  record Ones() implements Whose {}

  /** Those of everybody, or of the people between two; they are made into sets. */
  record All(String account, String range) implements Whose {}

  /** Those of everybody. */
  static Whose everybody(String account, Binds binds) {
    return new All(binds.bind(account), "");
  }

  /** Those of the people after one up to another. */
  static Whose between(String account, Membership.Range range, Binds binds) {
    return new All(
        binds.bind(account),
        " and %%1$s.profile_id > %s and %%1$s.profile_id <= %s"
            .formatted(binds.bind(range.after()), binds.bind(range.last())));
  }

  default boolean isOne() {
    return this instanceof Ones;
  }

  /** Which rows of a table, by its alias. */
  default String rows(String alias) {
    return switch (this) {
      case Ones _ ->
          "%1$s.account_id = p.account_id and %1$s.profile_id = p.profile_id".formatted(alias);
      case All(var account, var range) ->
          alias + ".account_id = " + account + range.formatted(alias);
    };
  }

  /**
   * Which rows of {@code event e}. The events of one person must be looked up by their profile,
   * also while no statistics tell the database that those of a metric are many more: the account,
   * with which other indexes begin, is asked in a way that no index answers.
   */
  default String events() {
    return isOne()
        ? "e.profile_id = p.profile_id and e.account_id is not distinct from p.account_id"
        : rows("e");
  }
}
