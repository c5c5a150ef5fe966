package carillon.django;

/** Text that is markup already: autoescaping leaves it alone. */
public record SafeText(String text) {

  @Override
  public String toString() {
    return text;
  }
}
