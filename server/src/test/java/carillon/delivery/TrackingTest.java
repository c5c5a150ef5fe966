package carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.accounts.Account;
import carillon.delivery.Tracking.Dynamic;
import carillon.delivery.Tracking.Static;
import carillon.delivery.Tracking.Subject;
import carillon.platform.http.Pages;
import carillon.profiles.KxTokens;
import carillon.testing.Eventually;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrackingTest {

  private static final Map<String, String> READER =
      Map.of(
          "User-Agent",
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
              + " Chrome/126.0.0.0 Safari/537.36");
  private static final Map<String, String> APPLE = Map.of("User-Agent", "Mozilla/5.0");
  private static final Map<String, String> SCANNER = Map.of("User-Agent", "curl/8.5.0");
  private static final Pattern LINK = Pattern.compile("href=\"([^\"]+)\"");

  private final PostOffice post = new PostOffice();
  private Delivery node;
  private Pages pages;
  private String ada;

  @BeforeEach
  void send() {
    node = post.node("one", 0);
    pages = PostOffice.pages(node);
    ada = post.person("Ada");
    post.mailings.put(
        PostOffice.SOURCE,
        PostOffice.mailing(
            PostOffice.SOURCE,
            "Hello {{ first_name }}",
            """
            <html><body><a href="https://shop.test/tea?kind=green&amp;size=1#top"><img alt="Green &amp; fine"
            src="x"></a><a href='mailto:a@b.test'>write</a><a href="#here">here</a>
            <!--[if mso]><a href="https://shop.test/mso">Outlook</a><![endif]-->
            <!-- <a href="https://shop.test/hidden">no</a> -->
            {% unsubscribe 'Leave' %}</body></html>
            """,
            new Tracking(
                true,
                true,
                List.of(
                    new Static("utm_medium", "email"),
                    new Dynamic("utm_campaign", Subject.CAMPAIGN_NAME_ID),
                    new Dynamic("alt", Subject.LINK_ALT_TEXT),
                    new Static("kind", "black"))),
            Mailing.Treatment.USUAL));
    post.enqueue(List.of(ada));
    node.start();
    Eventually.check(() -> assertThat(post.standing().of("sent")).isEqualTo(1));
  }

  @AfterEach
  void close() {
    post.close();
  }

  private String html() {
    return post.db.sql("select html from kept_mail").one(row -> row.text("html"));
  }

  private List<String> links() {
    return LINK.matcher(html()).results().map(match -> match.group(1)).toList();
  }

  @Test
  void linksLeadThroughTheServerAndToTheirTargetWithParameters() {
    var answer = PostOffice.get(pages, links().getFirst(), READER);

    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.headers().get("Location"))
        .isEqualTo(
            "https://shop.test/tea?kind=green&size=1&utm_medium=email&utm_campaign=Spring+%28"
                + PostOffice.CAMPAIGN
                + "%29&alt=Green+%26+fine#top");
    assertThat(post.column(ada, "clicks")).isEqualTo("1");
    var event = post.events("Clicked Email").getFirst();
    assertThat(event.get("URL").stringValue()).startsWith("https://shop.test/tea");
    assertThat(event.get("Bot Click").booleanValue()).isFalse();
    assertThat(event.get("Client Name").stringValue()).isEqualTo("Chrome");
    assertThat(event.get("Client Type").stringValue()).isEqualTo("Desktop");
    assertThat(event.get("Subject").stringValue()).isEqualTo("Hello Ada");
  }

  @Test
  void theShopsOwnSiteIsToldWhoComesAndNoOther() {
    var token = new KxTokens(PostOffice.SECRET).of(PostOffice.SHOP, ada);
    websiteIs("https://www.shop.test/");
    assertThat(target()).contains("&_kx=" + token + "#top");
    websiteIs("https://test");
    assertThat(target()).contains("_kx=");
    for (var other : List.of("", "https://op.test", "https://other.test", "nonsense")) {
      websiteIs(other);
      assertThat(target()).as(other).startsWith("https://shop.test/tea").doesNotContain("_kx");
    }
  }

  private String target() {
    return PostOffice.get(pages, links().getFirst(), READER).headers().get("Location");
  }

  private void websiteIs(String url) {
    var shop = post.accounts.get(PostOffice.SHOP);
    post.accounts.describe(
        shop.id(),
        shop.name(),
        shop.timezone(),
        new Account.Sender(shop.sender().name(), shop.sender().email(), url),
        shop.address());
  }

  @Test
  void otherLinksStayAndOutlooksAreFollowedToo() {
    assertThat(html())
        .contains("href='mailto:a@b.test'")
        .contains("href=\"#here\"")
        .contains("<!-- <a href=\"https://shop.test/hidden\">no</a> -->")
        .doesNotContain("https://shop.test/mso\"")
        .contains(post.links.unsubscribe(post.ref(ada)))
        .doesNotContain("No longer want");
  }

  @Test
  void whatScannersFollowIsMarkedAndNotCounted() {
    PostOffice.get(pages, links().getFirst(), SCANNER);
    assertThat(post.column(ada, "clicks")).isEqualTo("0");
    assertThat(post.column(ada, "clicked_at")).isEmpty();
    assertThat(post.events("Clicked Email").getFirst().get("Bot Click").booleanValue()).isTrue();
  }

  @Test
  void anOpenIsCountedAndThatOfAMachineTwice() {
    var pixel = post.links.open(post.ref(ada));
    assertThat(html()).contains(pixel);

    var answer = PostOffice.get(pages, pixel, READER);
    PostOffice.get(pages, pixel, APPLE);

    assertThat(answer.headers()).containsEntry("Content-Type", "image/gif");
    assertThat(answer.headers().get("Cache-Control")).contains("no-store");
    assertThat(post.column(ada, "opens")).isEqualTo("2");
    assertThat(post.column(ada, "machine_opens")).isEqualTo("1");
    assertThat(post.column(ada, "opened_at")).isNotEmpty();
    assertThat(post.events("Opened Email")).isNotEmpty();
  }

  @Test
  void changedTokensAreNotBelieved() {
    var link = links().getFirst();
    for (int i = PostOffice.URL.length() + 5; i < link.length(); i += 7) {
      var other = link.charAt(i) == 'A' ? 'B' : 'A';
      var forged = link.substring(0, i) + other + link.substring(i + 1);
      assertThat(PostOffice.get(pages, forged, READER).status()).as(forged).isEqualTo(404);
    }
    assertThat(post.column(ada, "clicks")).isEqualTo("0");
  }

  @Test
  void aTokenOfOneKindIsNoneOfAnother() {
    var token = post.links.open(post.ref(ada)).replace("/t/o/", "/t/u/").replace(".gif", "");
    assertThat(PostOffice.post(pages, token, "").status()).isEqualTo(404);
    var unsubscribe = post.links.unsubscribe(post.ref(ada)).replace("/t/u/", "/t/c/");
    assertThat(PostOffice.get(pages, unsubscribe).status()).isEqualTo(404);
    assertThat(PostOffice.get(pages, "/t/c/%%%").status()).isEqualTo(404);
    assertThat(PostOffice.get(pages, "/t/o/").status()).isEqualTo(200);
    assertThat(PostOffice.get(pages, "/t/o/.gif").status()).isEqualTo(200);
  }

  @Test
  void anotherServersTokensAreNotBelieved() {
    var foreign = new TrackingLinks(PostOffice.URL, "another secret".getBytes());
    var link = foreign.click(post.ref(ada), "https://evil.test");
    assertThat(PostOffice.get(pages, link).status()).isEqualTo(404);
  }

  @Test
  void theMailCanBeReadOnTheWeb() {
    var answer = PostOffice.get(pages, post.links.webView(post.ref(ada)));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("Content-Security-Policy")).startsWith("sandbox ");
    assertThat(PostOffice.text(answer)).contains("shop.test/tea").doesNotContain("/t/o/");
  }

  @Test
  void aMergedProfilesLinksWorkOn() {
    var link = post.links.open(post.ref(ada));
    var other = post.person("Other");
    post.db.transact(tx -> {
      post.ledger.move(tx, PostOffice.SHOP, ada, other);
      tx.sql("delete from profile where profile_id = :id").bind("id", ada).run();
      tx.sql(
              """
              insert into profile_identifier (account_id, kind, value, profile_id, created_at)
              values (:account, 'profile_id', :from, :to, now())
              """)
          .bind("account", PostOffice.SHOP)
          .bind("from", ada)
          .bind("to", other)
          .run();
    });

    PostOffice.get(pages, link, READER);

    assertThat(post.column(other, "opens")).isEqualTo("1");
    var owners =
        post.db
            .sql(
                """
                select e.profile_id from event e
                join metric m on m.account_id = e.account_id and m.id = e.metric_id
                where m.name = 'Opened Email'
                """)
            .list(row -> row.text("profile_id"));
    assertThat(owners).containsExactly(other);
  }

  @Test
  void targetsAreFitForAHeader() {
    assertThat(TrackingPages.location("https://a.test/ä b\r\nX: y"))
        .isEqualTo("https://a.test/%C3%A4%20b%0D%0AX:%20y");
  }

  @Test
  void theOutboxShowsMailsAndEscapesThem() {
    var hostile = "<script>alert(1)</script>";
    post.mailings.put("HOSTILE", PostOffice.mailing(hostile, "<b>" + hostile + "</b>"));
    var eve = post.person("Eve");
    post.enqueue("HOSTILE", List.of(eve));
    Eventually.check(() -> assertThat(post.standing().of("sent")).isEqualTo(2));

    var list = PostOffice.text(PostOffice.get(pages, "/outbox"));
    var id =
        post.db
            .sql("select id from kept_mail where recipient = 'eve@people.test'")
            .one(row -> row.text("id"));
    var mail = PostOffice.get(pages, "/outbox/" + id);
    var framed = PostOffice.get(pages, "/outbox/" + id + "/html");
    var raw = PostOffice.get(pages, "/outbox/" + id + "/raw");

    assertThat(list).contains("&lt;script&gt;").doesNotContain("<script>");
    assertThat(list.indexOf("eve@people.test")).isLessThan(list.indexOf("ada@people.test"));
    assertThat(PostOffice.text(mail)).doesNotContain("<script>").contains("<iframe sandbox");
    assertThat(mail.headers().get("Content-Security-Policy")).startsWith("default-src 'none'");
    assertThat(framed.headers().get("Content-Security-Policy")).startsWith("sandbox;");
    assertThat(PostOffice.text(raw)).contains("Subject: ").contains("multipart/alternative");
    assertThat(raw.headers().get("Content-Disposition")).contains(id + ".eml");
    assertThat(PostOffice.get(pages, "/outbox/nope").status()).isEqualTo(404);
  }
}
