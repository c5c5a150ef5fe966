package carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.http.Pages;
import carillon.profiles.Consents;
import carillon.profiles.Consents.Purpose;
import carillon.profiles.Consents.Topic;
import carillon.profiles.Consents.Word;
import carillon.profiles.Reason;
import carillon.testing.Eventually;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreferencePagesTest {

  private static final String ONE_CLICK = "List-Unsubscribe=One-Click";

  private final PostOffice post = new PostOffice();
  private Pages pages;
  private String ada;
  private String unsubscribe;
  private String preferences;

  @BeforeEach
  void send() {
    var node = post.node("one", 0);
    pages = PostOffice.pages(node);
    ada = post.person("Ada");
    post.enqueue(List.of(ada));
    node.start();
    Eventually.check(() -> assertThat(post.standing().of("sent")).isEqualTo(1));
    unsubscribe = post.links.unsubscribe(post.ref(ada));
    preferences = post.links.preferences(post.ref(ada));
  }

  @AfterEach
  void close() {
    post.close();
  }

  @Test
  void lookingAtThePagesChangesNothing() {
    for (var link : List.of(unsubscribe, preferences)) {
      var answer = PostOffice.get(pages, link);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(PostOffice.text(answer))
          .contains("<form method=\"post\"", "Tea &amp; Co", "ada@people.test");
      assertThat(answer.headers().get("Content-Security-Policy"))
          .startsWith("default-src 'none'; style-src 'sha256-");
    }
    assertThat(refusal()).isEmpty();
    assertThat(post.events("Updated Email Preferences")).isEmpty();
  }

  @Test
  void oneClickUnsubscribesOnceAndForAll() {
    assertThat(PostOffice.post(pages, unsubscribe, ONE_CLICK).status()).isEqualTo(200);
    PostOffice.post(pages, unsubscribe, ONE_CLICK);

    assertThat(refusal()).isEqualTo("UNSUBSCRIBED");
    assertThat(post.column(ada, "unsubscribed_at")).isNotEmpty();
    assertThat(post.events("Unsubscribed from Email Marketing"))
        .singleElement()
        .extracting(event -> event.get("Unsub Type").stringValue())
        .isEqualTo("One-Click");
    assertThat(page(unsubscribe)).contains("You are unsubscribed");
  }

  @Test
  void whoUnsubscribedByMistakeComesBack() {
    assertThat(submit(unsubscribe, "")).contains("name=\"resubscribe\"");

    assertThat(submit(unsubscribe, "resubscribe=yes")).contains("You are subscribed again");

    assertThat(refusal()).isEmpty();
    assertThat(page(unsubscribe)).contains("Do you want");
    assertThat(post.events("Subscribed to Email Marketing"))
        .singleElement()
        .extracting(event -> event.get("method").stringValue())
        .isEqualTo("PREFERENCE_PAGE");
  }

  @Test
  void aYesDoesNotRepairAnAddress() {
    post.db.transact(
        tx -> post.consents.suppress(tx, PostOffice.SHOP, List.of(ada), Reason.HARD_BOUNCE));

    assertThat(submit(unsubscribe, "resubscribe=yes")).contains("came back");
    assertThat(page(preferences)).contains("came back").doesNotContain("name=\"mail\"");
    submit(preferences, "save=yes&mail=yes&mail-shown=yes");

    assertThat(refusal()).isEqualTo("HARD_BOUNCE");
  }

  @Test
  void aListIsLeftAndJoinedAgain() {
    var list = list("LIST01", "<News>");
    var other = list("LIST02", "Offers");
    assertThat(page(preferences))
        .contains("&lt;News&gt;")
        .contains("name=\"choice\" value=\"LIST01\" checked")
        .contains("name=\"mail\" value=\"yes\" checked");

    var shown = "save=yes&mail-shown=yes&mail=yes&shown=LIST01&shown=LIST02";
    assertThat(submit(preferences, shown + "&choice=LIST02"))
        .contains("Your preferences are saved")
        .contains("name=\"choice\" value=\"LIST01\">");
    assertThat(lists()).containsExactly(other);
    assertThat(refusal()).isEmpty();
    assertThat(post.events("Unsubscribed from List")).hasSize(1);
    assertThat(post.events("Unsubscribed from Email Marketing")).isEmpty();

    submit(preferences, shown + "&choice=LIST02&choice=LIST01");
    assertThat(lists()).containsExactly(list, other);
    assertThat(page(preferences)).contains("name=\"choice\" value=\"LIST01\" checked");
    assertThat(post.events("Subscribed to List")).hasSize(1);
  }

  @Test
  void savingWhatIsShownChangesNothing() {
    list("LIST01", "News");
    submit(preferences, "save=yes&mail-shown=yes&mail=yes&shown=LIST01&choice=LIST01");
    assertThat(lists()).containsExactly("LIST01");
    assertThat(history()).isEmpty();
  }

  @Test
  void nobodyGetsOnAListThatIsNotTheirsNorOffOneThatWasNotShown() {
    list("LIST01", "News");
    foreign("LIST09");
    submit(
        preferences,
        "save=yes&mail-shown=yes&mail=yes&shown=LIST09&choice=LIST09&shown=%00&choice=%00&x=%ZZ");
    assertThat(lists()).containsExactly("LIST01");
  }

  @Test
  void otherChannelsAreShownOnceSomethingWasSaidOnThem() {
    assertThat(page(preferences)).doesNotContain("SMS_MARKETING");
    say(Topic.SMS_MARKETING);
    assertThat(page(preferences)).contains("name=\"choice\" value=\"SMS_MARKETING\" checked");

    submit(preferences, "save=yes&mail-shown=yes&mail=yes&shown=SMS_MARKETING");
    assertThat(agreed(Topic.SMS_MARKETING)).isFalse();
    assertThat(refusal()).isEmpty();
    submit(
        preferences, "save=yes&mail-shown=yes&mail=yes&shown=SMS_MARKETING&choice=SMS_MARKETING");
    assertThat(agreed(Topic.SMS_MARKETING)).isTrue();
  }

  @Test
  void oneButtonEndsEverything() {
    list("LIST01", "News");
    say(Topic.SMS_MARKETING);

    submit(preferences, "nothing=yes&mail-shown=yes&mail=yes&shown=LIST01&choice=LIST01");

    assertThat(refusal()).isEqualTo("UNSUBSCRIBED");
    assertThat(agreed(Topic.SMS_MARKETING)).isFalse();
  }

  private String page(String link) {
    return PostOffice.text(PostOffice.get(pages, link));
  }

  private String submit(String link, String form) {
    var answer = PostOffice.post(pages, link, form);
    assertThat(answer.status()).isEqualTo(200);
    return PostOffice.text(answer);
  }

  private String refusal() {
    return post.contacts
        .find(PostOffice.SHOP, List.of(ada), Purpose.marketing(Topic.EMAIL_MARKETING))
        .get(ada)
        .refusal()
        .orElse("");
  }

  private boolean agreed(Topic topic) {
    return post.consents.said(post.db, PostOffice.SHOP, ada).get(topic);
  }

  private void say(Topic topic) {
    var word =
        new Word(ada, topic, post.clock.instant(), Consents.How.by("FORM"), Optional.empty());
    post.db.transact(tx -> post.consents.subscribe(tx, PostOffice.SHOP, List.of(word)));
  }

  private List<String> lists() {
    return List.copyOf(post.lists.of(PostOffice.SHOP, ada).keySet());
  }

  private List<String> history() {
    return post.db
        .sql("select status from consent_history order by id")
        .list(row -> row.text("status"));
  }

  private String list(String id, String name) {
    foreign(id, name);
    post.db.transact(tx -> post.lists.add(tx, PostOffice.SHOP, id, List.of(ada), false));
    return id;
  }

  private void foreign(String id) {
    foreign(id, "Secret");
  }

  private void foreign(String id, String name) {
    post.db
        .sql(
            """
            insert into list (account_id, id, name, opt_in_process, created_at, updated_at)
            values (:account, :id, :name, 'single_opt_in', now(), now())
            """)
        .bind("account", PostOffice.SHOP)
        .bind("id", id)
        .bind("name", name)
        .run();
  }
}
