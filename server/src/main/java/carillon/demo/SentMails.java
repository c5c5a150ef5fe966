package carillon.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The mails a server's outbox shows, read from its pages as a person would see them. */
final class SentMails {

  private static final Pattern ROW =
      Pattern.compile("<tr><td><a href=\"/outbox/([0-9A-Z]{26})\">.*?</a></td><td>(.*?)</td>");
  private static final Pattern OLDER = Pattern.compile("\"(/outbox\\?before=[0-9A-Z]{26})\"");
  private static final Pattern PIXEL = Pattern.compile("src=\"([^\"]+/t/o/[^\"]+)\"");
  private static final Pattern LINK = Pattern.compile("href=\"([^\"]+/t/c/[^\"]+)\"");

  private final Client client;

  SentMails(Client client) {
    this.client = client;
  }

  /** A mail: whom it went to, the pixel that tells it was opened, the links that tell clicks. */
  record Mail(String recipient, List<String> pixels, List<String> links) {}

  List<Mail> all() {
    var mails = new ArrayList<Mail>();
    var page = client.page("/outbox");
    while (true) {
      var rows = ROW.matcher(page);
      while (rows.find()) {
        var html = client.page("/outbox/" + rows.group(1) + "/html");
        mails.add(new Mail(rows.group(2), found(PIXEL, html), found(LINK, html)));
      }
      var older = OLDER.matcher(page);
      if (!older.find()) {
        return mails;
      }
      page = client.page(older.group(1));
    }
  }

  private static List<String> found(Pattern pattern, String html) {
    return pattern
        .matcher(html)
        .results()
        .map(result -> result.group(1).replace("&amp;", "&"))
        .toList();
  }
}
