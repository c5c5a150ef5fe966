package carillon.segments;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.db.Database;
import carillon.segments.Dependencies.Timing;
import carillon.segments.World.Person;
import carillon.testing.TestDatabase;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Thousands of random definitions over random people: SQL, in all of its forms, finds the members
 * that the naive evaluator finds, and time changes nobody but those found to have crossed an edge.
 */
class SegmentLanguageTest {

  private static final long SEED = 20261121L;
  private static final int DEFINITIONS = 350;
  private static final int AT_ONCE = 10;
  private static final int PEOPLE = 50;

  /** Places and hours at which clocks change, days are skipped or months begin. */
  private enum Scene {
    BERLIN_SPRING("Europe/Berlin", "2026-03-29T01:30:00Z"),
    BERLIN_AUTUMN("Europe/Berlin", "2026-10-25T01:15:00Z"),
    NEW_YORK_AT_MIDNIGHT("America/New_York", "2026-04-01T03:59:59.5Z"),
    LORD_HOWE("Australia/Lord_Howe", "2026-04-04T14:45:00Z"),
    LEAP_DAY("UTC", "2028-02-29T00:00:00Z"),
    NO_LEAP_DAY("Asia/Kolkata", "2026-02-28T18:00:00Z");

    final ZoneId zone;
    final Instant now;

    Scene(String zone, String now) {
      this.zone = ZoneId.of(zone);
      this.now = Instant.parse(now);
    }
  }

  private static final Database DB = TestDatabase.create();

  @BeforeAll
  static void storePlaces() {
    World.storePlaces(DB);
  }

  @AfterAll
  static void close() {
    DB.close();
  }

  private record Asked(ObjectNode json, Definition definition) {}

  private record Run(Scene scene, World world, Random random, Tried tried) {

    static Run of(Scene scene) {
      var random = new Random(SEED + scene.ordinal());
      var maker = new RandomWorld(random, scene.now, scene.zone);
      return new Run(scene, maker.make("WORLD" + scene.ordinal(), PEOPLE, DB), random, new Tried());
    }

    List<Asked> ask() {
      var maker = new RandomDefinition(random, scene.now);
      return Stream.generate(maker::make)
          .limit(AT_ONCE)
          .map(json -> new Asked(json, Definition.parse(json)))
          .toList();
    }

    Compiler compiler() {
      return new Compiler(world.account(), scene.zone, scene.now);
    }

    Naive naive(Instant now) {
      return new Naive(scene.zone, now);
    }

    Set<String> naive(Definition definition, Instant now) {
      var naive = naive(now);
      return world.people().stream()
          .filter(person -> naive.holds(definition, person))
          .map(Person::id)
          .collect(Collectors.toCollection(TreeSet::new));
    }

    String told(Asked asked) {
      return "seed %d, %s: %s".formatted(SEED, scene, asked.json());
    }
  }

  @Test
  void everyFormFindsTheMembersThatTheNaiveEvaluatorFinds() {
    var found = Stream.of(Scene.values()).parallel().map(scene -> check(Run.of(scene))).toList();

    var all = found.stream().mapToInt(Tally::asked).sum();
    assertThat(all).isGreaterThan(2000);
    var tried = new Tried();
    found.forEach(tally -> tried.add(tally.tried()));
    assertThat(tried.oneSided()).as("questions that had only one answer").isEmpty();
    assertThat(tried.count()).isGreaterThan(90);
    assertThat(found.stream().mapToInt(Tally::partly).sum())
        .as("most definitions are true of some people and not of all")
        .isGreaterThan(all / 2);
    assertThat(found.stream().mapToInt(Tally::changed).sum())
        .as("time changes members often enough to be tried")
        .isGreaterThan(500);
  }

  private record Tally(int asked, int partly, int changed, Tried tried) {}

  private static Tally check(Run run) {
    int partly = 0;
    int changed = 0;
    for (int done = 0; done < DEFINITIONS; done += AT_ONCE) {
      var asked = run.ask();
      var looked = lookedUp(run, asked);
      for (var one : asked) {
        assertThat(Definition.faults(one.json(), "", Vocabulary.EVERYTHING, Optional.empty()))
            .as(run.told(one))
            .isEmpty();
        var expected = run.naive(one.definition(), run.scene().now);
        assertThat(looked.get(one)).as("looked up, " + run.told(one)).isEqualTo(expected);
        assertThat(found(run, one, run.compiler().members(one.definition())))
            .as("as a whole, " + run.told(one))
            .isEqualTo(expected);
        assertThat(inRanges(run, one)).as("in ranges, " + run.told(one)).isEqualTo(expected);
        run.tried().note(one.definition(), run.world().people(), run.naive(run.scene().now));
        partly += expected.isEmpty() || expected.size() == PEOPLE ? 0 : 1;
        changed += checkTime(run, one, expected);
      }
    }
    return new Tally(DEFINITIONS, partly, changed, run.tried());
  }

  /** Asks several definitions of every person in one statement. */
  private static Map<Asked, Set<String>> lookedUp(Run run, List<Asked> asked) {
    var compiler = run.compiler();
    var clauses = asked.stream().map(one -> compiler.clause(one.definition())).toList();
    var columns = new ArrayList<String>();
    for (int i = 0; i < clauses.size(); i++) {
      columns.add(clauses.get(i).sql() + " as d" + i);
    }
    var statement =
        DB.sql(
                "select p.profile_id, "
                    + String.join(", ", columns)
                    + " from profile p where p.account_id = :account and p.profile_id = any(:ids)")
            .bind("account", run.world().account())
            .array("ids", "text", run.world().people().stream().map(Person::id).toList());
    clauses.forEach(clause -> clause.bindTo(statement));
    var found = new HashMap<Asked, Set<String>>();
    asked.forEach(one -> found.put(one, new TreeSet<>()));
    statement.list(row -> {
      for (int i = 0; i < asked.size(); i++) {
        if (row.maybeBool("d" + i).orElse(false)) {
          found.get(asked.get(i)).add(row.text("profile_id"));
        }
      }
      return true;
    });
    return found;
  }

  /** The first third of the people, then the others. */
  private static Set<String> inRanges(Run run, Asked asked) {
    var people = run.world().people().stream().map(Person::id).sorted().toList();
    var middle = people.get(PEOPLE / 3);
    return Stream.of(
            new Membership.Range("", middle, false),
            new Membership.Range(middle, people.getLast(), true))
        .flatMap(
            range -> found(run, asked, run.compiler().members(asked.definition(), range)).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> found(Run run, Asked asked, Clause clause) {
    var found = clause.bindTo(DB.sql(clause.sql())).list(row -> row.text("profile_id"));
    assertThat(found).as("each once, " + run.told(asked)).doesNotHaveDuplicates();
    return new TreeSet<>(found);
  }

  private static int checkTime(Run run, Asked asked, Set<String> before) {
    int changes = 0;
    for (var seconds : List.of(1L, 3600L, 86_400L, 40 * 86_400L)) {
      var later = run.scene().now.plusSeconds(seconds);
      var after = run.naive(asked.definition(), later);
      var different =
          Stream.concat(before.stream(), after.stream())
              .filter(id -> before.contains(id) != after.contains(id))
              .collect(Collectors.toCollection(TreeSet::new));
      if (!different.isEmpty()) {
        changes++;
        assertThat(crossed(run, asked, later))
            .as(later + ", " + run.told(asked))
            .containsAll(different);
      }
    }
    return changes;
  }

  private static boolean anyEvent(String account, Instant after, Instant to) {
    return DB.sql(
            "select exists (select from event where account_id = :account and at > :after and at <="
                + " :to) as any")
        .bind("account", account)
        .bind("after", after)
        .bind("to", to)
        .one(row -> row.bool("any"));
  }

  private static Set<String> crossed(Run run, Asked asked, Instant later) {
    var account = run.world().account();
    var now = run.scene().now;
    var edges = new TimeEdges(account, run.scene().zone, now, later, anyEvent(account, now, later));
    var timing = asked.definition().dependencies().timing();
    var crossed = edges.crossed(asked.definition());
    var swept = edges.swept(asked.definition());
    assertThat(crossed.isEmpty() || timing != Timing.NEVER).as(run.told(asked)).isTrue();
    assertThat(swept.isEmpty() || timing == Timing.SWEPT).as(run.told(asked)).isTrue();
    return Stream.of(crossed, swept)
        .flatMap(Optional::stream)
        .flatMap(clause ->
            clause.bindTo(DB.sql(clause.sql())).list(row -> row.text("profile_id")).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
