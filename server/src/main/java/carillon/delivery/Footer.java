package carillon.delivery;

import carillon.accounts.Account;
import carillon.platform.http.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What stands at the end of mails: who sent them, the way out, the pixel. */
final class Footer {

  private static final String HTML =
      """
      <div style="padding:24px 12px;text-align:center;font:12px/1.6 sans-serif;color:#777777">
      %s<br>No longer want to receive these emails? <a href="%s" style="color:#777777">\
      Unsubscribe</a>.</div>
      """;

  /** The document with the sender and a link to unsubscribe at its end. */
  static List<String> html(List<String> html, Account account, String unsubscribe) {
    return inserted(
        html, HTML.formatted(Html.escape(signature(account)), Html.escape(unsubscribe)));
  }

  /** The same for plain text. */
  static String text(String text, Account account, String unsubscribe) {
    return "%s\n\n-- \n%s\nUnsubscribe: %s\n"
        .formatted(text.stripTrailing(), signature(account), unsubscribe);
  }

  /** An image nobody sees. */
  static String pixel(String url) {
    return "<img src=\"%s\" width=\"1\" height=\"1\" alt=\"\" style=\"display:block;border:0\">"
        .formatted(Html.escape(url));
  }

  /** What templates may say of the sender. */
  static Map<String, Object> organization(Account account) {
    var address = account.address();
    return Map.of(
        "name", account.name(),
        "url", account.sender().website(),
        "full_address", address.line(),
        "street_address", address.address1(),
        "street_address2", address.address2(),
        "city", address.city(),
        "region", address.region(),
        "zip_code", address.zip(),
        "country", address.country());
  }

  private static List<String> inserted(List<String> html, String part) {
    var all = new ArrayList<>(html);
    for (int i = all.size() - 1; i >= 0; i--) {
      var piece = all.get(i);
      int end = bodyEnd(piece);
      if (end >= 0) {
        all.set(i, piece.substring(0, end));
        all.addAll(i + 1, List.of(part, piece.substring(end)));
        return all;
      }
    }
    all.add(part);
    return all;
  }

  private static int bodyEnd(String html) {
    int end = html.lastIndexOf("</");
    while (end >= 0 && !html.regionMatches(true, end + 2, "body", 0, 4)) {
      end = html.lastIndexOf("</", end - 1);
    }
    return end;
  }

  private static String signature(Account account) {
    var address = account.address().line();
    return address.isEmpty() ? account.name() : account.name() + " " + address;
  }

  private Footer() {}
}
