package carillon.bounces;

/** A request that is not taken. */
final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;

  Refused(int status, String why) {
    super(why, null, false, false);
    this.status = status;
  }

  static Refused unverified() {
    return new Refused(403, "The request is not signed as it should be.");
  }

  static Refused unreadable() {
    return new Refused(400, "The request cannot be understood.");
  }

  int status() {
    return status;
  }
}
