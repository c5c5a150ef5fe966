package carillon.server;

import carillon.accounts.Account;
import carillon.demo.DemoShop;
import carillon.platform.Settings;
import java.time.Clock;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves with the invented shop, which is made on the first start of a data folder. */
final class Demo {

  private static final Logger LOG = LoggerFactory.getLogger("carillon.demo");

  static int run(Settings settings) {
    var node = Serve.start(settings);
    var first = Serve.firstAccount(settings, node);
    first.ifPresent(account -> fill(node, account));
    node.open();
    System.out.println(
        first
            .map(account -> introduction(node.url(), account))
            .orElse(
                "The shop is there from an earlier start, with the keys shown then: "
                    + node.url()
                    + "\n./carillon keys create makes another key while the server is stopped."));
    Serve.untilStopped(node);
    return 0;
  }

  private static void fill(Carillon node, Serve.FirstAccount account) {
    LOG.info("inventing a shop, which takes a little while");
    node.accounts()
        .describe(
            account.id(),
            "Fern & Fable",
            ZoneId.of("America/New_York"),
            new Account.Sender(
                "Fern & Fable", "hello@shop.example.org", "https://shop.example.org"),
            new Account.Address("1 Greenhouse Lane", "", "Boston", "MA", "USA", "02110"));
    new DemoShop(node.url(), account.key(), Clock.systemUTC()).fill();
  }

  private static String introduction(String url, Serve.FirstAccount account) {
    return """

    Fern & Fable is open: %1$s

      public key   %2$s
      private key  %3$s

    Three things to try:

      curl -g -H "Authorization: Klaviyo-API-Key %3$s" -H "revision: 2026-04-15" "%1$s/api/profiles?page[size]=3"

      curl -g -H "Authorization: Klaviyo-API-Key %3$s" -H "revision: 2026-04-15" "%1$s/api/campaigns?filter=equals(messages.channel,'email')"

      curl -i -H "Authorization: Klaviyo-API-Key %3$s" -H "revision: 2026-04-15" -H "Content-Type: application/json" -d '{"data":{"type":"event","attributes":{"properties":{"Plant":"Fern"},"metric":{"data":{"type":"metric","attributes":{"name":"Watered Plant"}}},"profile":{"data":{"type":"profile","attributes":{"email":"you@example.org"}}}}}}' "%1$s/api/events"

    The mails that went out are at %1$s/outbox, the API reference at %1$s/reference.
    Ctrl-C stops.\
    """
        .formatted(url, account.id(), account.key());
  }

  private Demo() {}
}
