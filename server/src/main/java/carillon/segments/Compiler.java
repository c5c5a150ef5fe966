package carillon.segments;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes SQL of definitions, for one account at one moment. All clauses of a compiler name their
 * values differently and can stand in one statement.
 */
final class Compiler {

  private final String account;
  private final ZoneId zone;
  private final Instant now;
  private final AtomicInteger made = new AtomicInteger();

  /**
   * A compiler.
   *
   * @param zone of the account: where its days begin
   */
  Compiler(String account, ZoneId zone, Instant now) {
    this.account = account;
    this.zone = zone;
    this.now = now;
  }

  /**
   * A boolean expression, which may be null for false, over {@code profile p}. It looks up what is
   * known of each person: for some people, or a part of all.
   */
  Clause clause(Definition definition) {
    var binds = binds();
    return binds.clause(writer(new Whose.Ones(), binds).conditions(definition));
  }

  /** A query of the ids of all members: it goes through events once, for all people. */
  Clause members(Definition definition) {
    var binds = binds();
    return members(definition, Whose.everybody(account, binds), binds);
  }

  /** The same for those after one person up to another. */
  Clause members(Definition definition, Membership.Range range) {
    var binds = binds();
    return members(definition, Whose.between(account, range, binds), binds);
  }

  private Clause members(Definition definition, Whose whose, Binds binds) {
    var writer = writer(whose, binds);
    var conditions = writer.conditions(definition);
    return binds.clause(
        """
        select p.profile_id from profile p%s
        where %s and %s
        """
            .formatted(
                writer.joins().stream().map(join -> "\n" + join).collect(joining()),
                whose.rows("p"),
                conditions));
  }

  private Binds binds() {
    return new Binds("c" + made.getAndIncrement() + "_");
  }

  private ConditionSql writer(Whose whose, Binds binds) {
    return new ConditionSql(whose, zone, now, binds);
  }
}
