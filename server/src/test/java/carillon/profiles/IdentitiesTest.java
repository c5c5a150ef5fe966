package carillon.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.accounts.Accounts;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Json;
import carillon.jsonapi.Values;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import carillon.platform.work.Outbox;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentitiesTest {

  private static final TestClock CLOCK = new TestClock();
  private static final Ids IDS = new Ids(CLOCK, new SecureRandom());
  private static final KxTokens TOKENS = new KxTokens(new byte[] {1, 2, 3});

  private Database db;
  private Identities identities;
  private String account;

  @BeforeAll
  void open() {
    db = TestDatabase.create();
    identities = new Identities(CLOCK, IDS, new Outbox(CLOCK), TOKENS);
  }

  @AfterAll
  void close() {
    db.close();
  }

  @BeforeEach
  void openAccount() {
    account = IDS.shortId();
    new Accounts(db, CLOCK, IDS, List.of()).create(account, "Shop");
  }

  @Test
  void anUnknownPersonIsMadeAndThenFound() {
    var made = resolve(email("Ada@Example.com "));
    var found = resolve(email("ada@example.com"));

    assertThat(made.getFirst().isNew()).isTrue();
    assertThat(found.getFirst().isNew()).isFalse();
    assertThat(id(found)).isEqualTo(id(made));
    assertThat(profile(id(made)).email()).contains("ada@example.com");
    assertThat(news()).containsExactly("ProfileCreated");
  }

  @Test
  void oneBatchMakesAPersonOnceAndKeepsTheOrder() {
    var all = resolve(email("b@example.com"), email("a@example.com"), email("b@example.com"));

    assertThat(all).extracting(Identities.Resolved::isNew).containsExactly(true, true, false);
    assertThat(all.get(2).profileId()).isEqualTo(all.get(0).profileId());
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void theExternalIdCountsMoreThanTheEmailAndThatMoreThanThePhone() {
    var byExternalId = id(resolve(part("{'external_id': 'x1'}")));
    var byEmail = id(resolve(email("e@example.com")));
    var byPhone = id(resolve(part("{'phone_number': '+12015550123'}")));

    assertThat(
            id(
                resolve(
                    part(
                        "{'external_id': 'x1', 'email': 'e@example.com',"
                            + " 'phone_number': '+12015550123'}"))))
        .isEqualTo(byExternalId);
    assertThat(id(resolve(part("{'email': 'e@example.com', 'phone_number': '+12015550123'}"))))
        .isEqualTo(byEmail);
    assertThat(profile(byEmail).phoneNumber()).isEmpty();
    assertThat(profile(byPhone).phoneNumber()).contains("+12015550123");
  }

  @Test
  void aNewIdentifierIsGivenToWhoHasNoneAndNobodyLosesOne() {
    var id = id(resolve(email("ada@example.com")));

    resolve(part("{'email': 'ada@example.com', 'phone_number': '+12015550123'}"));
    resolve(part("{'phone_number': '+12015550123', 'external_id': 'ada'}"));
    resolve(part("{'external_id': 'ada', 'email': 'other@example.com'}"));

    var ada = profile(id);
    assertThat(ada.phoneNumber()).contains("+12015550123");
    assertThat(ada.externalId()).contains("ada");
    assertThat(ada.email()).contains("ada@example.com");
    assertThat(count()).isEqualTo(1);
    assertThat(id(resolve(email("other@example.com")))).isNotEqualTo(id);
  }

  @Test
  void whereReplacingIsAllowedTheOldIdentifierIsFreeAgain() {
    var id = id(resolve(part("{'external_id': 'ada', 'email': 'old@example.com'}")));

    db.transact(tx ->
        identities.resolve(
            tx,
            account,
            List.of(part("{'external_id': 'ada', 'email': 'new@example.com'}")),
            Identities.Known.REPLACED));

    assertThat(profile(id).email()).contains("new@example.com");
    assertThat(id(resolve(email("new@example.com")))).isEqualTo(id);
    assertThat(resolve(email("old@example.com")).getFirst().isNew()).isTrue();
  }

  @Test
  void aPersonOnSeveralDevicesIsOnePerson() {
    var id = id(resolve(part("{'email': 'ada@example.com', 'anonymous_id': 'phone'}")));
    resolve(part("{'email': 'ada@example.com', 'anonymous_id': 'laptop'}"));

    assertThat(id(resolve(part("{'anonymous_id': 'laptop'}")))).isEqualTo(id);
    assertThat(id(resolve(part("{'anonymous_id': 'phone'}")))).isEqualTo(id);
  }

  @Test
  void anExchangeTokenStandsForItsProfileInItsAccountOnly() {
    var id = id(resolve(email("ada@example.com")));
    var token = TOKENS.of(account, id);

    assertThat(id(resolve(part("{'_kx': '" + token + "'}")))).isEqualTo(id);
    assertThat(TOKENS.profileId("Other1", token)).isEmpty();
    assertThat(TOKENS.profileId(account, token.substring(1) + "A")).isEmpty();
    assertThat(resolve(part("{'_kx': 'nonsense %'}")).getFirst().profileId()).isEmpty();
  }

  @Test
  void anIdOfNobodyMakesNobody() {
    assertThat(resolve(withId("01ARZ3NDEKTSV4RRFFQ69G5FAV", "{}")).getFirst().profileId())
        .isEmpty();
    assertThat(count()).isZero();
  }

  @Test
  void changesAreMadeAndToldOnlyWhenTheyChangeSomething() {
    var id =
        id(
            resolve(
                part(
                    "{'email': 'ada@example.com', 'first_name': 'Ada', 'properties': {'n': 1,"
                        + " 'tags': ['a']}, 'location': {'city': 'London'}}")));
    resolve(part("{'email': 'ada@example.com', 'first_name': 'Ada', 'properties': {'n': 1}}"));
    assertThat(news()).containsExactly("ProfileCreated");

    resolve(
        part(
            "{'email': 'ada@example.com', 'properties': {'m': null}, 'location': {'zip': '1'},"
                + " 'meta': {'patch_properties': {'append': {'tags': ['a', 'b']}, 'unset':"
                + " 'n'}}}"));

    var ada = profile(id);
    assertThat(ada.properties()).isEqualTo(Json.read("{\"m\": null, \"tags\": [\"a\", \"b\"]}"));
    assertThat(ada.location()).isEqualTo(Json.read("{\"city\": \"London\", \"zip\": \"1\"}"));
    assertThat(news()).containsExactly("ProfileCreated", "ProfileChanged");
  }

  @Test
  void aSecondaryAddressFindsThePersonUntilItIsTakenAway() {
    var id = id(resolve(email("ada@example.com")));
    resolve(
        part(
            "{'email': 'ada@example.com', 'meta': {'patch_identifiers': {'append': {'email':"
                + " ['Two@example.com']}}}}"));
    assertThat(id(resolve(email("two@example.com")))).isEqualTo(id);

    resolve(
        part(
            "{'email': 'ada@example.com', 'meta': {'patch_identifiers': {'unappend': {'email':"
                + " ['two@example.com', 'ada@example.com']}}}}"));

    assertThat(resolve(email("two@example.com")).getFirst().isNew()).isTrue();
    assertThat(id(resolve(email("ada@example.com")))).isEqualTo(id);
  }

  @Test
  void writersThatMeetTheSameNewPeopleMakeEachOnce() throws Exception {
    var tasks = new ArrayList<Callable<List<Identities.Resolved>>>();
    for (int writer = 0; writer < 6; writer++) {
      var order = new ArrayList<>(IntStream.range(0, 120).boxed().toList());
      java.util.Collections.shuffle(order, new Random(writer));
      var parts = order.stream().map(n -> email("p" + n + "@example.com")).toList();
      tasks.add(() -> db.transaction(tx -> identities.resolve(tx, account, parts)));
    }

    var made = run(tasks).stream().flatMap(List::stream).filter(Identities.Resolved::isNew).count();

    assertThat(made).isEqualTo(120);
    assertThat(count()).isEqualTo(120);
    assertSound();
  }

  @RepeatedTest(5)
  void howeverRequestsAndMergesInterleaveEveryIdentifierHasOneLivingProfile() throws Exception {
    var seed = new Random().nextLong();
    var tasks = new ArrayList<Callable<List<Identities.Resolved>>>();
    for (int round = 0; round < 60; round++) {
      var random = new Random(seed + round);
      if (round % 10 == 9) {
        tasks.add(() -> mergeAny(random));
      } else {
        var parts = IntStream.range(0, 1 + random.nextInt(12)).mapToObj(_ -> any(random)).toList();
        var known = Identities.Known.values()[random.nextInt(2)];
        tasks.add(
            () -> db.transaction(Repeat.SAFE, tx -> identities.resolve(tx, account, parts, known)));
      }
    }

    run(tasks);

    try {
      assertSound();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  /** Merges two profiles, which another merge may have been faster to do away with. */
  private List<Identities.Resolved> mergeAny(Random random) {
    var ids =
        db.sql("select profile_id from profile where account_id = :account order by 1")
            .bind("account", account)
            .list(row -> row.text("profile_id"));
    var one = random.nextInt(Math.max(1, ids.size()));
    if (ids.size() > 1) {
      try {
        new Merges(db, CLOCK, new Outbox(CLOCK), List.of())
            .merge(account, ids.get(one), List.of(ids.get((one + 1) % ids.size())));
      } catch (ApiError gone) {
        assertThat(gone.status()).isEqualTo(404);
      }
    }
    return List.of();
  }

  private static ProfilePart any(Random random) {
    var attributes = Json.object();
    while (attributes.isEmpty()) {
      if (random.nextBoolean()) {
        attributes.put("email", "m" + random.nextInt(8) + "@example.com");
      }
      if (random.nextInt(3) == 0) {
        attributes.put("phone_number", "+1201555012" + random.nextInt(6));
      }
      if (random.nextInt(3) == 0) {
        attributes.put("external_id", "x" + random.nextInt(8));
      }
      if (random.nextInt(4) == 0) {
        attributes.put("anonymous_id", "a" + random.nextInt(8));
      }
    }
    if (random.nextInt(3) == 0) {
      attributes.putObject("properties").put("n", random.nextInt(5));
    }
    if (random.nextInt(4) == 0) {
      attributes
          .putObject("meta")
          .putObject("patch_identifiers")
          .putObject(random.nextBoolean() ? "append" : "unappend")
          .put("email", "m" + random.nextInt(8) + "@example.com");
    }
    return ProfilePart.read(new Values(Json.object().<ObjectNode>set("attributes", attributes)));
  }

  /** Every identifier points to a living profile, and every attribute is backed by its own. */
  private void assertSound() {
    assertThat(
            db.sql(
                    """
                    select i.kind || ' ' || i.value as lost from profile_identifier i
                    where i.account_id = :account and not exists (
                      select from profile p
                      where p.account_id = i.account_id and p.profile_id = i.profile_id)
                    """)
                .bind("account", account)
                .list(row -> row.text("lost")))
        .isEmpty();
    assertThat(
            db.sql(
                    """
                    select k.kind || ' ' || k.value as lost
                    from profile p cross join lateral (values ('email', p.email),
                      ('phone_number', p.phone_number), ('external_id', p.external_id),
                      ('anonymous_id', p.anonymous_id)) k (kind, value)
                    where p.account_id = :account and k.value is not null and not exists (
                      select from profile_identifier i
                      where i.account_id = p.account_id and i.profile_id = p.profile_id
                        and i.kind = k.kind and i.value = k.value)
                    """)
                .bind("account", account)
                .list(row -> row.text("lost")))
        .isEmpty();
  }

  private static <T> List<T> run(List<Callable<T>> tasks) throws Exception {
    var results = new ArrayList<T>();
    try (var threads = Executors.newFixedThreadPool(6)) {
      for (var result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
    }
    return results;
  }

  private List<Identities.Resolved> resolve(ProfilePart... parts) {
    return db.transaction(tx -> identities.resolve(tx, account, List.of(parts)));
  }

  private static String id(List<Identities.Resolved> all) {
    var ids = new HashSet<String>();
    all.forEach(one -> ids.add(one.profileId().orElseThrow()));
    assertThat(ids).hasSize(1);
    return ids.iterator().next();
  }

  private Profile profile(String id) {
    return new Profiles(db).get(account, id);
  }

  private long count() {
    return db.sql("select count(*) as n from profile where account_id = :account")
        .bind("account", account)
        .one(row -> row.number("n"));
  }

  private List<String> news() {
    return db.sql("select kind from outbox where account_id = :account order by id")
        .bind("account", account)
        .list(row -> row.text("kind"));
  }

  private static ProfilePart email(String address) {
    return ProfilePart.ofEmail(address);
  }

  private static ProfilePart part(String attributes) {
    return ProfilePart.read(
        new Values((ObjectNode) Json.read("{\"attributes\": " + quoted(attributes) + "}")));
  }

  private static ProfilePart withId(String id, String attributes) {
    return ProfilePart.read(
        new Values(
            (ObjectNode)
                Json.read("{\"id\": \"" + id + "\", \"attributes\": " + quoted(attributes) + "}")));
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
