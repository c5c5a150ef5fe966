package carillon.platform.db;

/** The embedded PostgreSQL cannot be started; the message tells the operator why. */
public final class EmbeddedPostgresFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  EmbeddedPostgresFailure(String message) {
    super(message);
  }

  EmbeddedPostgresFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
