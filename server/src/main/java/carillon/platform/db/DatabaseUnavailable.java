package carillon.platform.db;

/**
 * The database cannot be reached, is starting or stopping, or had no free connection in time. What
 * was asked may be tried again later; whether an interrupted commit took place is not known.
 */
public final class DatabaseUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  DatabaseUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
