package carillon.lists;

import java.util.Arrays;

/** Whether a subscription holds at once or after a click in a confirmation mail. */
public enum OptIn {
  SINGLE("single_opt_in"),
  DOUBLE("double_opt_in");

  private final String word;

  OptIn(String word) {
    this.word = word;
  }

  /** As written on the wire and in the database. */
  public String word() {
    return word;
  }

  static OptIn of(String word) {
    return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst().orElseThrow();
  }

  static OptIn of(boolean confirmed) {
    return confirmed ? DOUBLE : SINGLE;
  }
}
