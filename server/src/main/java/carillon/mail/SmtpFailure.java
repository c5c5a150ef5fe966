package carillon.mail;

/** The relay cannot be used now: why no connection came about. */
final class SmtpFailure extends Exception {
  private static final long serialVersionUID = 1;
  private final Stage stage;
  private final transient Reply reply;

  SmtpFailure(Stage stage, Reply reply) {
    super(stage + ": " + reply);
    this.stage = stage;
    this.reply = reply;
  }

  Outcome.Deferred outcome() {
    return new Outcome.Deferred(stage, reply);
  }
}
