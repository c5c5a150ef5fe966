package carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.delivery.TrackingLinks.Kind;
import carillon.testing.Eventually;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands in a template is read once for all, what values make of it for each. */
class PersonalMarkupTest {

  private static final Pattern CLICK =
      Pattern.compile("href=[\"']" + Pattern.quote(PostOffice.URL) + "(/t/c/[^\"']*)");
  private static final String TEMPLATE =
      """
      <html><body>%1$s<a href="https://shop.test/for/{{ first_name|urlencode }}">For \
      {{ first_name|safe }}</a>%1$s<a href="https://shop.test/all">All</a>%1$s
      <p>{%% unsubscribe 'Leave' %%}</p></body></html>
      """
          .formatted("<p class=\"filler\">The greenhouse is full again.</p>\n".repeat(20));

  private final PostOffice post = new PostOffice();

  @BeforeEach
  void start() {
    post.mailings.put(PostOffice.SOURCE, PostOffice.mailing("Hello", TEMPLATE));
    post.node("one", 0).start();
  }

  @AfterEach
  void close() {
    post.close();
  }

  @Test
  void linksMadeOfValuesAndBroughtByThemAreFollowed() {
    send(
        Map.of(
            "ada", "Ada",
            "bo", "Bo",
            "cy", "<a href='https://other.test/z'>Cy</a>",
            "di", "\" title=\"Di"));

    assertThat(targets("ada"))
        .containsExactly("https://shop.test/for/Ada", "https://shop.test/all");
    assertThat(targets("bo")).containsExactly("https://shop.test/for/Bo", "https://shop.test/all");
    assertThat(targets("cy")).hasSize(3).contains("https://other.test/z", "https://shop.test/all");
    assertThat(targets("di")).hasSize(2).contains("https://shop.test/all");
    assertThat(text("bo")).contains("For Bo (https://shop.test/for/Bo)", "All (https://shop.test");
    assertThat(text("cy")).contains("Cy (https://other.test/z)");
  }

  @Test
  void aValueThatOpensAnElementOrCommentHidesNoOneElsesMail() {
    send(Map.of("ada", "Ada", "bo", "Bo<!--", "cy", "Cy<style>", "di", "Di<div hidden>"));
    send(Map.of("ed", "Ed<a href='"));
    send(Map.of("flo", "Flo"));

    assertThat(text("ada")).contains("All (https://shop.test/all)", "Leave");
    assertThat(text("bo")).contains("For Bo").doesNotContain("All");
    assertThat(text("cy")).contains("For Cy").doesNotContain("All");
    assertThat(text("di")).contains("For Di").doesNotContain("All");
    assertThat(text("flo").replace("Flo", "Ada")).isEqualTo(text("ada"));
    assertThat(targets("flo")).hasSize(2);
  }

  private void send(Map<String, String> names) {
    post.enqueue(
        names.entrySet().stream()
            .map(one -> post.person(one.getValue(), one.getKey() + "@people.test"))
            .toList());
    Eventually.check(() -> assertThat(post.standing().open()).isZero());
    assertThat(post.standing().states()).containsOnlyKeys("sent");
  }

  private List<String> targets(String name) {
    return CLICK
        .matcher(part("html", name))
        .results()
        .map(found -> post.links.read(Kind.CLICK, found.group(1)).orElseThrow().target())
        .toList();
  }

  private String text(String name) {
    return unsigned(part("text", name));
  }

  /** Without the address to leave by, which is everybody's own. */
  private static String unsigned(String text) {
    return text.replaceAll("/t/u/[^)]*", "/t/u/");
  }

  private String part(String part, String name) {
    return post.db
        .sql("select " + part + " as part from kept_mail where recipient = :recipient")
        .bind("recipient", name + "@people.test")
        .one(row -> row.text("part"));
  }
}
