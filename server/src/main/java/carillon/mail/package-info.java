/**
 * Outgoing mail as a craft of its own: a {@link carillon.mail.Message} is written as MIME, signed
 * with DKIM and handed to a {@link carillon.mail.MailTransport}, which answers with an {@link
 * carillon.mail.Outcome}.
 *
 * <p>Published: the message and its parts, {@code MimeWriter}, {@code Dkim}, {@code SmtpRelay} with
 * {@code SmtpUrl} and {@code SmtpOptions}, {@code Bounce}, {@code HtmlReader} with {@code
 * HtmlMail}, {@code HtmlText} and {@code Preheader}. It knows no feature, no HTTP and no database;
 * when to send and what to do about a bounce is decided elsewhere.
 */
package carillon.mail;
