package carillon.segments;

import carillon.segments.World.Person;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which kinds of conditions, filters and operators came up, and with which answers. */
final class Tried {

  /** Nobody can be reached without a word, and no telephone is known to take RCS. */
  private static final Set<String> NEVER_TRUE =
      Set.of("Permission IMPLICIT true", "consent filter RcsCapable");

  private enum Answer {
    YES,
    NO
  }

  /** How often a question must come up before it must have had both answers. */
  private static final int ENOUGH = 12;

  private final Map<String, EnumSet<Answer>> answers = new TreeMap<>();
  private final Map<String, Integer> times = new TreeMap<>();

  void note(Definition definition, List<Person> people, Naive naive) {
    definition
        .conditions()
        .forEach(condition -> {
          questions(condition).forEach(question -> times.merge(question, 1, Integer::sum));
          people.forEach(person -> {
            var answer = naive.holds(condition, person) ? Answer.YES : Answer.NO;
            questions(condition).forEach(question -> note(question, answer));
          });
        });
  }

  private void note(String question, Answer answer) {
    answers.computeIfAbsent(question, _ -> EnumSet.noneOf(Answer.class)).add(answer);
  }

  void add(Tried other) {
    other.times.forEach((question, some) -> times.merge(question, some, Integer::sum));
    other.answers.forEach((question, some) -> some.forEach(answer -> note(question, answer)));
  }

  int count() {
    return answers.size();
  }

  Set<String> oneSided() {
    var all = new TreeSet<String>();
    answers.forEach((question, some) -> {
      if (some.size() < 2 && times.get(question) >= ENOUGH && !NEVER_TRUE.contains(question)) {
        all.add(question + " " + some);
      }
    });
    return all;
  }

  private static Stream<String> questions(Condition condition) {
    var name = condition.getClass().getSimpleName();
    return switch (condition) {
      case Condition.Membership one ->
          named(
              name + " " + one.member(),
              one.joined().stream().map(filter -> "joined " + word(filter)));
      case Condition.Activity one ->
          named(
              name + " " + one.measure() + " " + one.op(),
              Stream.concat(
                  Stream.of("activity " + word(one.timeframe())),
                  one.events().filters().stream().map(filter -> "event " + word(filter.filter()))));
      case Condition.Funnel one ->
          Stream.of(
              name + " of " + one.steps().stream().map(step -> step.done() ? "+" : "-").toList(),
              name + " within " + one.window().isPresent());
      case Condition.Property one -> Stream.of("property " + word(one.filter()));
      case Condition.Consent one ->
          named(
              "%s %s %s %s".formatted(name, one.channel(), one.reachable(), one.subscription()),
              one.filters().stream().map(Tried::word));
      case Condition.Permission one ->
          named(
              "%s %s %s".formatted(name, one.ground(), one.reachable()),
              one.filters().stream().map(Tried::word));
      case Condition.InRegion one -> Stream.of(name + " " + one.inside() + " " + one.region());
      case Condition.Distance one -> Stream.of(name + " " + one.nearer());
      case Condition.PredictedNumber one -> Stream.of(name + " " + one.op());
      case Condition.PredictedDate one -> Stream.of("predicted " + word(one.filter()));
      case Condition.PredictedGender one -> Stream.of(name + " " + one.equal());
      case Condition.ChannelPriority _ -> Stream.of(name);
      case Condition.ChannelRank one -> Stream.of(name + " " + one.equal());
      case Condition.CustomObjects _ -> Stream.of(name);
    };
  }

  private static Stream<String> named(String name, Stream<String> more) {
    return Stream.concat(Stream.of(name), more);
  }

  private static String word(ConsentFilter filter) {
    return "consent filter " + filter.getClass().getSimpleName();
  }

  private static String word(ValueFilter filter) {
    var name = filter.getClass().getSimpleName();
    return switch (filter) {
      case ValueFilter.Text one -> name + " " + one.test() + " " + one.positive();
      case ValueFilter.TextIn one -> name + " " + one.positive();
      case ValueFilter.PhoneCountry one -> name + " " + one.positive();
      case ValueFilter.Number one -> name + " " + one.op();
      case ValueFilter.Bool one -> name + " " + one.value();
      case ValueFilter.Existence one -> name + " " + one.set();
      case ValueFilter.ListHas one -> name + " " + one.positive();
      case ValueFilter.ListHasTexts one -> name + " " + one.positive() + " " + one.all();
      case ValueFilter.ListHasPart one -> name + " " + one.positive();
      case ValueFilter.ListLength one -> name + " " + one.op();
      case DateFilter _ -> name;
    };
  }
}
