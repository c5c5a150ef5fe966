package carillon.lists;

import carillon.accounts.Account;
import carillon.platform.http.HostedPage;
import carillon.platform.http.Html;

/** What a person meets on the way to a confirmed subscription. */
final class ConfirmationPages {

  /** Asks for the press of a button, because programs follow links without being asked to. */
  static HostedPage question(Account shop, String email) {
    return page(
        shop,
        "Confirm your subscription",
        Html.of(
            """
            <p>Would you like to get mail from <strong>%s</strong> at <strong>%s</strong>?</p>
            <form method="post"><button type="submit">Confirm subscription</button></form>
            <p class="hint">If you did not ask for it, close this page: you will not be \
            subscribed.</p>
            """,
            oneLine(shop.name()), email));
  }

  static HostedPage thanks(Account shop) {
    return page(
        shop,
        "You are subscribed",
        Html.of(
            """
            <p role="status">Thank you. Your subscription to <strong>%s</strong> is confirmed.</p>
            """,
            oneLine(shop.name())));
  }

  static HostedPage tooLate() {
    return HostedPage.card(
        "This link is no longer valid",
        new Html(
            "<p>It has expired or is not complete. To subscribe, please sign up once more.</p>"));
  }

  private static HostedPage page(Account shop, String title, Html content) {
    return HostedPage.card(title, content).of(oneLine(shop.name()), shop.address().line());
  }

  /** Names of shops without what could start another line or header. */
  static String oneLine(String name) {
    return name.replaceAll("[\\p{Cntrl}\\s\u2028\u2029]+", " ").strip();
  }

  private ConfirmationPages() {}
}
