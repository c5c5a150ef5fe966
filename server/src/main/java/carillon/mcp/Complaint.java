package carillon.mcp;

import java.util.List;

/**
 * What is wrong with an argument, before the API was asked.
 *
 * @param argument its name
 */
record Complaint(String argument, String detail) {

  /** Ends a call; all that is wrong is told at once. */
  static final class Raised extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Complaint> complaints;

    Raised(List<Complaint> complaints) {
      super(complaints.getFirst().detail(), null, false, false);
      this.complaints = List.copyOf(complaints);
    }

    List<Complaint> complaints() {
      return complaints;
    }
  }

  Raised raise() {
    return new Raised(List.of(this));
  }
}
