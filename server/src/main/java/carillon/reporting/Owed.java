package carillon.reporting;

/**
 * The conversions owed to a message.
 *
 * @param people who converted, each counted once
 * @param value of all conversions together
 */
record Owed(long conversions, long people, double value) {

  static final Owed NOTHING = new Owed(0, 0, 0);
}
