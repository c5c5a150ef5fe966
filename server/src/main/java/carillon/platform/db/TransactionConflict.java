package carillon.platform.db;

/**
 * PostgreSQL gave up the transaction because of another one (a deadlock or a serialization
 * failure). Running it again from the start is likely to succeed.
 */
public final class TransactionConflict extends RuntimeException {
  private static final long serialVersionUID = 1;

  TransactionConflict(Throwable cause) {
    super("given up in favour of another transaction", cause);
  }
}
