package carillon.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/** A message read back by a mail library that is not ours. */
final class Parsed {
  private final MimeMessage message;

  private Parsed(MimeMessage message) {
    this.message = message;
  }

  static Parsed of(RawMessage raw) {
    return of(raw.toByteArray());
  }

  static Parsed of(byte[] raw) {
    var settings = new Properties();
    settings.setProperty("mail.mime.allowutf8", "true");
    return get(() ->
        new Parsed(new MimeMessage(Session.getInstance(settings), new ByteArrayInputStream(raw))));
  }

  String subject() {
    return get(message::getSubject);
  }

  String header(String name) {
    return get(() -> String.join("|", message.getHeader(name))).replaceAll("\r\n(?=[ \t])", "");
  }

  List<String> headerNames() {
    return get(() -> java.util.Collections.list(message.getAllHeaders())).stream()
        .map(header -> header.getName())
        .toList();
  }

  List<Mailbox> mailboxes(String header) {
    return get(() -> Arrays.stream(InternetAddress.parseHeader(header(header), true)))
        .map(a -> new Mailbox(a.getPersonal() == null ? "" : a.getPersonal(), a.getAddress()))
        .toList();
  }

  String contentType() {
    return get(message::getContentType);
  }

  /** The parts in order, or the only one. */
  List<String> bodies() {
    return get(() ->
        message.getContent() instanceof MimeMultipart parts
            ? List.of(text(parts, 0), text(parts, 1))
            : List.of((String) message.getContent()));
  }

  private static String text(MimeMultipart parts, int index)
      throws MessagingException, IOException {
    return (String) parts.getBodyPart(index).getContent();
  }

  private interface Reading<T> {
    T read() throws MessagingException, IOException;
  }

  private static <T> T get(Reading<T> reading) {
    try {
      return reading.read();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
