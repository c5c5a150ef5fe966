package carillon.lists;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SuppressionJobsTest {

  private final Shop shop = TestServer.shop();
  private final Reading people = new Reading(shop);

  @Test
  void peopleAreSuppressedByAddressAlsoWhenNobodyKnowsThem() {
    var ada = people.profile("\"email\": \"ada@example.com\"");

    var job = start("create", emails("Ada@example.com", "new@example.com"));

    assertThat(job.text("/data/type")).isEqualTo("profile-suppression-bulk-create-job");
    assertThat(job.text("/data/attributes/status")).isEqualTo("processing");
    assertThat(job.at("/data/attributes/total_count").intValue()).isEqualTo(2);
    assertThat(counts(done("create", job))).containsExactly(2, 2, 0);
    assertThat(people.suppressions(ada)).containsExactly("USER_SUPPRESSED");
    assertThat(people.suppressions(people.profileOf("new@example.com")))
        .containsExactly("USER_SUPPRESSED");
    assertThat(
            people
                .subscriptions(ada)
                .at("/email/marketing/can_receive_email_marketing")
                .booleanValue())
        .isFalse();
  }

  @Test
  void whatIsDoneAlreadyIsSkipped() {
    done("create", start("create", emails("ada@example.com")));

    var again = done("create", start("create", emails("ada@example.com", "b@example.com")));
    assertThat(counts(again)).containsExactly(2, 1, 1);

    var freed = done("delete", start("delete", emails("ada@example.com", "nobody@example.com")));
    assertThat(counts(freed)).containsExactly(2, 1, 1);
    assertThat(shop.get("/api/profiles").ids()).hasSize(2);
  }

  @Test
  void endingItLeavesOtherReasonsAlone() {
    people
        .unsubscribe(
            "",
            "\"email\": \"ada@example.com\"",
            "\"email\": {\"marketing\": {\"consent\": \"UNSUBSCRIBED\"}}")
        .expect(202);
    done("create", start("create", emails("ada@example.com")));
    var ada = people.profileOf("ada@example.com");
    assertThat(people.suppressions(ada))
        .containsExactlyInAnyOrder("UNSUBSCRIBE", "USER_SUPPRESSED");

    done("delete", start("delete", emails("ada@example.com")));

    assertThat(people.suppressions(ada)).containsExactly("UNSUBSCRIBE");
  }

  @Test
  void allOnAListAreSuppressedAndFreed() {
    var list = people.list("single_opt_in");
    var members =
        IntStream.range(0, 7)
            .mapToObj(i -> people.profile("\"email\": \"m%d@example.com\"".formatted(i)))
            .toArray(String[]::new);
    var outsider = people.profile("\"email\": \"outsider@example.com\"");
    people.add(list, members);

    var job = start("create", relation("list", list));
    assertThat(job.text("/data/relationships/lists/data/0/id")).isEqualTo(list);
    assertThat(counts(done("create", job))).containsExactly(7, 7, 0);
    for (var member : members) {
      assertThat(people.suppressions(member)).containsExactly("USER_SUPPRESSED");
    }
    assertThat(people.suppressions(outsider)).isEmpty();

    assertThat(counts(done("delete", start("delete", relation("list", list)))))
        .containsExactly(7, 7, 0);
    assertThat(people.suppressions(members[0])).isEmpty();
  }

  @Test
  void exactlyOneKindOfPeopleIsNamed() {
    var list = people.list("single_opt_in");
    for (var word : List.of("create", "delete")) {
      post(word, "").expect(400);
      post(word, "\"attributes\": {\"profiles\": {\"data\": []}}").expect(400);
      post(word, emails("a@example.com") + "," + relation("list", list)).expect(400);
      post(word, emails("no address")).expect(400);
      post(word, emails(addresses(101))).expect(400);
      post(word, relation("list", "NOPE01")).expect(404);
      post(word, relation("segment", "NOPE01")).expect(404);
    }
    assertThat(shop.get(jobs("create")).expect(200).ids()).isEmpty();
  }

  @Test
  void jobsAreListedTheNewestFirstAndFiltered() {
    var list = people.list("single_opt_in");
    var first = start("create", emails("a@example.com")).id();
    var second = start("create", relation("list", list)).id();
    done("create", shop.get(jobs("create") + "/" + first));
    done("create", shop.get(jobs("create") + "/" + second));

    assertThat(shop.get(jobs("create")).expect(200).ids()).containsExactly(second, first);
    assertThat(shop.get(jobs("create") + "?sort=created").ids()).containsExactly(first, second);
    assertThat(found("equals(list_id,\"" + list + "\")")).containsExactly(second);
    assertThat(found("equals(segment_id,\"NOPE01\")")).isEmpty();
    assertThat(found("equals(status,\"complete\")")).containsExactly(second, first);
    assertThat(found("equals(status,\"queued\")")).isEmpty();
    shop.get(jobs("create") + "?page[size]=10").expect(400);
    shop.get(jobs("delete") + "/" + first).expect(404);
    assertThat(shop.get(jobs("delete")).ids()).isEmpty();
  }

  private List<String> found(String filter) {
    return shop.get(jobs("create") + "?filter=" + Shop.encoded(filter)).expect(200).ids();
  }

  private Answer start(String word, String content) {
    return post(word, content).expect(202);
  }

  private Answer post(String word, String content) {
    var separated = content.isEmpty() ? "" : ", " + content;
    return shop.post(
        jobs(word),
        "{\"data\": {\"type\": \"profile-suppression-bulk-"
            + word
            + "-job\""
            + withAttributes(separated)
            + "}}");
  }

  private static String withAttributes(String content) {
    return content.contains("\"attributes\"") ? content : ", \"attributes\": {}" + content;
  }

  private Answer done(String word, Answer job) {
    return shop.eventually(
        () -> shop.get(jobs(word) + "/" + job.id()).expect(200),
        answer -> answer.text("/data/attributes/status").equals("complete"));
  }

  private static List<Integer> counts(Answer job) {
    assertThat(job.at("/data/attributes/completed_at").isString()).isTrue();
    return Stream.of("total_count", "completed_count", "skipped_count")
        .map(name -> job.at("/data/attributes/" + name).intValue())
        .toList();
  }

  private static String[] addresses(int count) {
    return IntStream.range(0, count).mapToObj(i -> "p" + i + "@example.com").toArray(String[]::new);
  }

  private static String emails(String... addresses) {
    return "\"attributes\": {\"profiles\": {\"data\": ["
        + Stream.of(addresses)
            .map(email -> "{\"type\": \"profile\", \"attributes\": {\"email\": \"" + email + "\"}}")
            .collect(Collectors.joining(","))
        + "]}}";
  }

  private static String relation(String kind, String id) {
    return "\"relationships\": {\"%1$s\": {\"data\": {\"type\": \"%1$s\", \"id\": \"%2$s\"}}}"
        .formatted(kind, id);
  }

  private static String jobs(String word) {
    return "/api/profile-suppression-bulk-" + word + "-jobs";
  }
}
