package carillon.platform.db;

/** A row was refused by a constraint. After it only a rollback is possible. */
public final class ConstraintViolation extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final String constraint;

  /** What kind of rule was broken. */
  public enum Kind {
    /** A unique index or primary key already holds the value. */
    UNIQUE,
    /** A referenced row is missing, or the row is still referenced. */
    FOREIGN_KEY,
    /** A check, exclusion or not-null rule. */
    OTHER
  }

  ConstraintViolation(Kind kind, String constraint, Throwable cause) {
    super("violates " + constraint, cause);
    this.kind = kind;
    this.constraint = constraint;
  }

  /** The kind of rule. */
  public Kind kind() {
    return kind;
  }

  /** The name of the constraint, or of the column for not-null; empty when unknown. */
  public String constraint() {
    return constraint;
  }
}
