package carillon.platform;

import java.util.List;

/** The settings cannot be used; the message has one line per fault and repeats no secret. */
public final class InvalidSettings extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InvalidSettings(List<String> faults) {
    super(String.join("\n", faults));
  }
}
