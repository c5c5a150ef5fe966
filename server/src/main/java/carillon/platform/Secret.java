package carillon.platform;

/**
 * A text that must never be printed: its {@link #toString()} is always three stars.
 *
 * @param value the secret itself, not blank
 */
public record Secret(String value) {

  /** Refuses a blank secret. */
  public Secret {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a secret must not be blank");
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
