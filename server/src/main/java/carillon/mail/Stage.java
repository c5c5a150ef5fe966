package carillon.mail;

/** How far the conversation with the relay had come. */
public enum Stage {
  /** Connecting, greeting, encrypting: nothing was said about a message yet. */
  CONNECT,
  AUTH,
  MAIL,
  RCPT,
  DATA,
  /** The message itself, up to the answer to its final dot. */
  CONTENT
}
