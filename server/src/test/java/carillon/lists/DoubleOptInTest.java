package carillon.lists;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.server.Carillon;
import carillon.testing.Answer;
import carillon.testing.Eventually;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoubleOptInTest {

  private static final Pattern LINK = Pattern.compile("/confirm/[\\w-]+");
  private static final Pattern MAIL = Pattern.compile("/outbox/[0-9A-Z]{26}");

  private static final TestClock CLOCK = new TestClock();
  private static Carillon server;
  private static int people;

  private final Shop shop = TestServer.shop(server);
  private String email;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(), CLOCK);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void inventSomebody() {
    people++;
    email = "person" + people + "@example.com";
  }

  @Test
  void nothingIsVisibleUntilTheButtonIsPressed() {
    var list = create("double_opt_in");
    subscribe(list).expect(202);
    var link = link();

    assertThat(page("GET", link).body()).contains("<form method=\"post\">", email);
    assertThat(profiles()).isEmpty();
    assertThat(members(list)).isEmpty();

    assertThat(page("POST", link).expect(200).body()).contains("You are subscribed");

    var profile = profiles().getFirst();
    assertThat(members(list)).containsExactly(profile);
    var read = shop.get("/api/profiles/" + profile + "?additional-fields[profile]=subscriptions");
    var consent = "/data/attributes/subscriptions/email/marketing/";
    assertThat(read.text(consent + "consent")).isEqualTo("SUBSCRIBED");
    assertThat(read.at(consent + "double_optin").booleanValue()).isTrue();
    assertThat(read.text(consent + "method")).isEqualTo("API_V3_SUBSCRIBE");
    assertThat(metrics(profile))
        .containsExactlyInAnyOrder("Subscribed to List", "Subscribed to Email Marketing");
  }

  @Test
  void withoutAListTheAccountDecides() {
    subscribe("").expect(202);
    assertThat(profiles()).isEmpty();

    page("POST", link()).expect(200);

    assertThat(metrics(profiles().getFirst())).containsExactly("Subscribed to Email Marketing");
  }

  @Test
  void whoIsKnownAlreadyIsNotSubscribedBeforeTheClickEither() {
    var list = create("double_opt_in");
    var known =
        shop.post(
                "/api/profiles",
                "{\"data\": {\"type\": \"profile\", \"attributes\": {\"email\": \""
                    + email
                    + "\"}}}")
            .expect(201)
            .id();
    subscribe(list).expect(202);
    var read = shop.get("/api/profiles/" + known + "?additional-fields[profile]=subscriptions");
    assertThat(read.text("/data/attributes/subscriptions/email/marketing/consent"))
        .isEqualTo("NEVER_SUBSCRIBED");

    page("POST", link()).expect(200);

    assertThat(members(list)).containsExactly(known);
  }

  @Test
  void manyClicksSubscribeOnce() throws Exception {
    var list = create("double_opt_in");
    subscribe(list).expect(202);
    var link = link();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var clicks =
          IntStream.range(0, 8).mapToObj(_ -> threads.submit(() -> page("POST", link))).toList();
      for (var click : clicks) {
        assertThat(click.get().status()).isEqualTo(200);
      }
    }

    assertThat(profiles()).hasSize(1);
    assertThat(metrics(profiles().getFirst())).hasSize(2);
    assertThat(page("GET", link).expect(200).body()).contains("You are subscribed");
  }

  @Test
  void aSecondClickAfterLeavingDoesNotBringAnybodyBack() {
    var list = create("double_opt_in");
    subscribe(list).expect(202);
    var link = link();
    page("POST", link).expect(200);
    var body = "{\"data\": [{\"type\": \"profile\", \"id\": \"" + profiles().getFirst() + "\"}]}";
    shop.delete("/api/lists/" + list + "/relationships/profiles", body).expect(204);

    page("POST", link).expect(200);

    assertThat(members(list)).isEmpty();
  }

  @Test
  void askingTwiceSendsOneMailAndLaterOnAnother() {
    subscribe("").expect(202);
    subscribe("").expect(202);
    var first = link();
    assertThat(mails()).hasSize(1);

    CLOCK.tick(Duration.ofMinutes(11));
    subscribe("").expect(202);
    Eventually.check(() -> assertThat(mails()).hasSize(2));

    page("POST", first).expect(200);
    assertThat(profiles()).hasSize(1);
  }

  @Test
  void aLinkExpires() {
    subscribe("").expect(202);
    var link = link();
    CLOCK.tick(Duration.ofDays(8));

    assertThat(page("GET", link).expect(404).body()).contains("no longer valid");
    page("POST", link).expect(404);

    assertThat(profiles()).isEmpty();
  }

  @Test
  void aLinkCannotBeMadeUpOrChanged() {
    subscribe("").expect(202);
    var link = link();
    for (int i = "/confirm/".length(); i < link.length(); i += 7) {
      var other = link.charAt(i) == 'A' ? 'B' : 'A';
      page("POST", link.substring(0, i) + other + link.substring(i + 1)).expect(404);
    }
    page("POST", "/confirm/").expect(404);
    page("GET", "/confirm/~~~").expect(404);
    page("GET", link + "/more").expect(404);
    assertThat(profiles()).isEmpty();
  }

  @Test
  void aDeletedListTakesItsQuestionsAlong() {
    var list = create("double_opt_in");
    subscribe(list).expect(202);
    var link = link();
    shop.delete("/api/lists/" + list).expect(204);

    page("POST", link).expect(404);

    assertThat(profiles()).isEmpty();
  }

  @Test
  void theMailSaysWhatTheAccountChose() {
    var template =
        template(
            "<p>Ahoy {{ email }} from {{ organization.name }}: <a"
                + " href='{{ confirmation_url }}'>aye</a></p>");
    settings(
        "\"confirmation_template_id\": \"%s\", \"confirmation_subject\": \"Aboard {{ email }}?\""
            .formatted(template));
    subscribe("").expect(202);

    var link = link();

    assertThat(mail()).contains("Ahoy " + email + " from Test shop " + shop.account());
    assertThat(page("GET", "/outbox").body()).contains("Aboard " + email + "?");
    page("POST", link).expect(200);
    assertThat(profiles()).hasSize(1);
  }

  @Test
  void aTemplateThatLostItsLinkOrIsGoneIsReplacedByOurs() {
    var template = template("<a href='{{ confirmation_url }}'>aye</a>");
    settings("\"confirmation_template_id\": \"" + template + "\"");
    shop.patch(
            "/api/templates/" + template,
            """
            {"data": {"type": "template", "id": "%s", "attributes": {"html": "<p>No way</p>"}}}
            """
                .formatted(template))
        .expect(200);
    subscribe("").expect(202);
    link();
    assertThat(mail()).contains("Please confirm your subscription").doesNotContain("No way");

    shop.delete("/api/templates/" + template).expect(204);
    inventSomebody();
    subscribe("").expect(202);
    link();
  }

  @Test
  void namesOfShopsCannotBreakOutOfThePage() {
    var id = "H%05d".formatted(people);
    var key =
        server.createAccount(id, "Evil\r\nBcc: x@example.com <script>alert('1')</script> & \"Co\"");
    var evil = new Shop(server.url(), id, key);
    evil.post("/api/profile-subscription-bulk-create-jobs", body("")).expect(202);
    var link = link();

    for (var html : List.of(page("GET", link).body(), page("POST", link).body(), mail())) {
      assertThat(html)
          .contains("Evil Bcc: x@example.com &lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp;")
          .doesNotContain("<script");
    }
    assertThat(page("GET", link).headers().firstValue("content-security-policy"))
        .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'"));
  }

  @Test
  void otherChannelsOfAnEntryWaitWithIt() {
    var both =
        body("")
            .replace(
                "\"subscriptions\": {",
                "\"phone_number\": \"+4915112345678\", \"subscriptions\": {\"sms\": {\"marketing\":"
                    + " {\"consent\": \"SUBSCRIBED\"}}, ");
    shop.post("/api/profile-subscription-bulk-create-jobs", both).expect(202);
    assertThat(profiles()).isEmpty();

    page("POST", link()).expect(200);

    var read =
        shop.get(
            "/api/profiles/" + profiles().getFirst() + "?additional-fields[profile]=subscriptions");
    assertThat(read.text("/data/attributes/subscriptions/sms/marketing/consent"))
        .isEqualTo("SUBSCRIBED");
  }

  private Answer subscribe(String list) {
    return shop.post("/api/profile-subscription-bulk-create-jobs", body(list));
  }

  private String body(String list) {
    var relation =
        list.isEmpty()
            ? ""
            : ", \"relationships\": {\"list\": {\"data\": {\"type\": \"list\", \"id\": \"%s\"}}}"
                .formatted(list);
    return """
    {"data": {"type": "profile-subscription-bulk-create-job", "attributes": {"profiles":
      {"data": [{"type": "profile", "attributes": {"email": "%s",
        "subscriptions": {"email": {"marketing": {"consent": "SUBSCRIBED"}}}}}]}}%s}}
    """
        .formatted(email, relation);
  }

  private void settings(String attributes) {
    shop.patch(
            "/carillon/account",
            "{\"data\": {\"type\": \"account-settings\", \"attributes\": {" + attributes + "}}}")
        .expect(200);
  }

  private String template(String html) {
    return shop.post(
            "/api/templates",
            """
            {"data": {"type": "template", "attributes": {"name": "Confirm",
              "editor_type": "CODE", "html": "%s"}}}
            """
                .formatted(html))
        .expect(201)
        .id();
  }

  /** The path of the link in the newest mail to the person. */
  private String link() {
    Eventually.check(() -> assertThat(mails()).isNotEmpty());
    var link = LINK.matcher(mail());
    assertThat(link.find()).isTrue();
    return link.group();
  }

  private String mail() {
    return page("GET", mails().getFirst() + "/html").expect(200).body();
  }

  /** The paths of the mails to the person in the outbox, the newest first. */
  private List<String> mails() {
    var found = new ArrayList<String>();
    for (var row : page("GET", "/outbox").expect(200).body().split("<tr>")) {
      var mail = MAIL.matcher(row);
      if (row.contains("<td>" + email + "</td>") && mail.find()) {
        found.add(mail.group());
      }
    }
    return found;
  }

  private static Answer page(String method, String path) {
    return Shop.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build());
  }

  private List<String> profiles() {
    return shop.get("/api/profiles").expect(200).ids();
  }

  private List<String> members(String list) {
    return shop.get("/api/lists/" + list + "/relationships/profiles").expect(200).ids();
  }

  private List<String> metrics(String profile) {
    var names = new ArrayList<String>();
    shop.get(
            "/api/events?include=metric&filter="
                + Shop.encoded("equals(profile_id,\"" + profile + "\")"))
        .expect(200)
        .at("/included")
        .forEach(metric -> names.add(metric.at("/attributes/name").stringValue()));
    return names;
  }

  private String create(String process) {
    return shop.post(
            "/api/lists",
            """
            {"data": {"type": "list",
              "attributes": {"name": "Newsletter", "opt_in_process": "%s"}}}
            """
                .formatted(process))
        .expect(201)
        .id();
  }
}
