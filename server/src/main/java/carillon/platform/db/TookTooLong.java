package carillon.platform.db;

/** A statement was ended because it ran past the limit of its transaction. */
public final class TookTooLong extends RuntimeException {
  private static final long serialVersionUID = 1;

  TookTooLong(Throwable cause) {
    super("a statement took too long", cause);
  }
}
