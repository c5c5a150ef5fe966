package carillon.mail;

/**
 * A link in a mail.
 *
 * @param alt the text that stands for an image in the link, or empty
 */
public record HtmlLink(String url, String alt) {}
