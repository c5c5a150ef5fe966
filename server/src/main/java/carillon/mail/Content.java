package carillon.mail;

/** The body: plain text, HTML, or both as alternatives of each other. */
public sealed interface Content {

  record Text(String text) implements Content {}

  record Html(String html) implements Content {}

  record Alternatives(String text, String html) implements Content {}
}
