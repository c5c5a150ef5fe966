package carillon.segments;

/** SQL of a value that a filter looks at. */
sealed interface Operand {

  /** A text or null. */
  record Text(String sql) implements Operand {}

  /** A numeric or null. */
  record Number(String sql) implements Operand {}

  /** A timestamptz or null. */
  record Time(String sql) implements Operand {}

  /** A member of a jsonb object: of any type, or missing. */
  record Member(String object, String key) implements Operand {
    String json() {
      return "(" + object + " -> " + key + ")";
    }

    String type() {
      return "jsonb_typeof(" + object + " -> " + key + ")";
    }

    String text() {
      return "(" + object + " ->> " + key + ")";
    }
  }
}
