package carillon.platform.db;

import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.postgresql.util.PSQLException;

/** Sorts what driver, pool and Jdbi throw into the few kinds that callers tell apart. */
final class Faults {

  static RuntimeException translate(RuntimeException thrown) {
    return switch (thrown) {
      case DatabaseUnavailable _, ConstraintViolation _, TransactionConflict _, TookTooLong _ ->
          thrown;
      case ConnectionException _ ->
          new DatabaseUnavailable("no connection to the database in time", thrown);
      default -> sqlFault(thrown).map(fault -> translate(thrown, fault)).orElse(thrown);
    };
  }

  private static RuntimeException translate(RuntimeException thrown, SQLException fault) {
    var state = Optional.ofNullable(fault.getSQLState()).orElse("");
    return switch (state) {
      case "40001", "40P01" -> new TransactionConflict(thrown);
      case "23505" -> violation(ConstraintViolation.Kind.UNIQUE, thrown, fault);
      case "23503", "23001" -> violation(ConstraintViolation.Kind.FOREIGN_KEY, thrown, fault);
      case "57014" -> new TookTooLong(thrown);
      case "57P01", "57P02", "57P03", "57P05", "53300" -> unavailable(thrown);
      default -> byClass(state, thrown, fault);
    };
  }

  private static RuntimeException byClass(
      String state, RuntimeException thrown, SQLException fault) {
    if (state.startsWith("08")) {
      return unavailable(thrown);
    }
    return state.startsWith("23")
        ? violation(ConstraintViolation.Kind.OTHER, thrown, fault)
        : thrown;
  }

  private static DatabaseUnavailable unavailable(RuntimeException thrown) {
    return new DatabaseUnavailable("the connection to the database was lost", thrown);
  }

  private static ConstraintViolation violation(
      ConstraintViolation.Kind kind, RuntimeException thrown, SQLException fault) {
    var named =
        Optional.of(fault)
            .filter(PSQLException.class::isInstance)
            .map(e -> ((PSQLException) e).getServerErrorMessage())
            .flatMap(m ->
                Stream.of(m.getConstraint(), m.getColumn()).filter(n -> n != null).findFirst());
    return new ConstraintViolation(kind, named.orElse(""), thrown);
  }

  private static Optional<SQLException> sqlFault(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .limit(10)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst();
  }

  private Faults() {}
}
