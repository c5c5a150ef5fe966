package carillon.mail;

import java.io.IOException;

/** The other side does not speak SMTP as it should; the connection is of no more use. */
final class ProtocolViolation extends IOException {
  private static final long serialVersionUID = 1;

  ProtocolViolation(String message) {
    super(message);
  }
}
