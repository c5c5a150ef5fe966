package carillon.segments;

import carillon.platform.db.Tx;

/** Generations of members that nobody needs any more, deleted little by little. */
record Remains(String account, String segment, int generation) {

  /** Deletes some; false when there are none. */
  static boolean sweep(Tx tx, int most) {
    var next =
        tx.sql(
                """
                select account_id, segment_id, generation from segment_remains
                order by account_id, segment_id, generation limit 1 for update
                """)
            .first(row ->
                new Remains(
                    row.text("account_id"), row.text("segment_id"), row.integer("generation")));
    next.ifPresent(remains -> {
      if (remains.members(tx, most) < most) {
        remains.forget(tx);
      }
    });
    return next.isPresent();
  }

  private int members(Tx tx, int most) {
    return tx.sql(
            """
            delete from segment_member m
            using (
              select profile_id from segment_member
              where account_id = :account and segment_id = :segment and generation = :generation
              order by profile_id limit :most) swept
            where m.account_id = :account and m.segment_id = :segment
              and m.generation = :generation and m.profile_id = swept.profile_id
            """)
        .bind("account", account)
        .bind("segment", segment)
        .bind("generation", generation)
        .bind("most", most)
        .run();
  }

  private void forget(Tx tx) {
    tx.sql(
            """
            delete from segment_remains
            where account_id = :account and segment_id = :segment and generation = :generation
            """)
        .bind("account", account)
        .bind("segment", segment)
        .bind("generation", generation)
        .run();
  }
}
