package carillon.lists;

import static java.util.stream.Collectors.toSet;

import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.profiles.Consents.Purpose;
import carillon.profiles.Consents.Topic;
import carillon.profiles.Profile;
import carillon.profiles.Profiles;
import carillon.profiles.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one person gets, and the changes they make to it themselves. */
public final class Choices {

  /** How preferences are known in the history of consent. */
  private static final String METHOD = "PREFERENCE_PAGE";

  /** What people may choose besides mail, and what it is called to them. */
  private static final Map<Topic, String> CHANNELS =
      Map.of(
          Topic.SMS_MARKETING, "Text messages",
          Topic.WHATSAPP_MARKETING, "WhatsApp messages",
          Topic.PUSH_MARKETING, "Notifications on your devices");

  /** Something that can be had or not: a list by its id, a channel by its topic. */
  public record Choice(String id, String name, boolean on) {}

  /**
   * What somebody gets.
   *
   * @param mail whether they get marketing mails
   * @param deliverable whether mails can reach them at all
   * @param channels those they have ever said something on
   * @param lists those they are on, or have left
   */
  public record Standing(
      boolean mail, boolean deliverable, List<Choice> channels, List<Choice> lists) {}

  /** What they want instead: whether mail, and which of what they were shown. */
  public record Wish(boolean mail, Set<String> shown, Set<String> wanted) {}

  private final Database db;
  private final Profiles profiles;
  private final Registers in;
  private final Subscribing subscribing;
  private final Unsubscribing unsubscribing;

  public Choices(Database db, Profiles profiles, Registers registers) {
    this.db = db;
    this.profiles = profiles;
    this.in = registers;
    this.subscribing = new Subscribing(registers);
    this.unsubscribing = new Unsubscribing(registers);
  }

  /** What somebody gets now; reads the database. */
  public Standing of(String account, String profile) {
    var judged =
        in.consents()
            .judge(db, account, List.of(profile), Purpose.marketing(Topic.EMAIL_MARKETING));
    var refusal = Optional.ofNullable(judged.refusals().get(profile));
    return new Standing(
        refusal.isEmpty(),
        refusal.map(Choices::curable).orElse(true),
        channels(account, profile),
        lists(account, profile));
  }

  /** Whether somebody's own yes would end it. */
  private static boolean curable(Refusal refusal) {
    return switch (refusal) {
      case UNSUBSCRIBED, LEFT_LIST, SPAM_COMPLAINT, USER_SUPPRESSED, NO_CONSENT -> true;
      case UNKNOWN, NO_ADDRESS, HARD_BOUNCE, INVALID_EMAIL -> false;
    };
  }

  private List<Choice> channels(String account, String profile) {
    var said = in.consents().said(db, account, profile);
    return CHANNELS.entrySet().stream()
        .filter(channel -> said.containsKey(channel.getKey()))
        .map(channel ->
            new Choice(channel.getKey().name(), channel.getValue(), said.get(channel.getKey())))
        .sorted(java.util.Comparator.comparing(Choice::id))
        .toList();
  }

  private List<Choice> lists(String account, String profile) {
    var all = new ArrayList<Choice>();
    var on = in.lists().of(account, profile);
    var left = new HashSet<>(in.consents().leftLists(db, account, profile));
    on.forEach((id, name) -> all.add(new Choice(id, name, !left.contains(id))));
    left.removeAll(on.keySet());
    in.lists().names(account, left).forEach((id, name) -> all.add(new Choice(id, name, false)));
    all.sort(java.util.Comparator.comparing(Choice::name).thenComparing(Choice::id));
    return all;
  }

  /**
   * Makes what somebody gets as they wish. Only what they were shown and want otherwise is changed,
   * and nobody gets on a list they never were on.
   *
   * @param before what they got, read outside the transaction
   */
  public void change(Tx tx, String account, String profile, Standing before, Wish wish) {
    var person = profiles.find(tx, account, profile);
    if (person.isEmpty()) {
      return;
    }
    var occasion = Occasion.now(account, Optional.empty(), METHOD, "Preferences Page");
    no(tx, occasion, person.get(), before, wish);
    yes(tx, occasion, person.get(), before, wish);
  }

  private void no(Tx tx, Occasion occasion, Profile who, Standing before, Wish wish) {
    for (var list : changed(before.lists(), wish, false)) {
      unsubscribing.leaveList(
          tx, occasion.about(list.id()), person(who, Set.of(Topic.EMAIL_MARKETING)));
    }
    var topics = topics(changed(before.channels(), wish, false));
    if (before.mail() && !wish.mail()) {
      topics.add(Topic.EMAIL_MARKETING);
    }
    if (!topics.isEmpty()) {
      unsubscribing.unsubscribe(tx, occasion, List.of(person(who, topics)));
    }
  }

  private void yes(Tx tx, Occasion occasion, Profile who, Standing before, Wish wish) {
    var topics = topics(changed(before.channels(), wish, true));
    if (!before.mail() && wish.mail()) {
      topics.add(Topic.EMAIL_MARKETING);
    }
    if (!topics.isEmpty()) {
      subscribing.welcomeBack(tx, occasion, person(who, topics));
    }
    if (wish.mail()) {
      for (var list : changed(before.lists(), wish, true)) {
        subscribing.welcomeBack(
            tx, occasion.about(list.id()), person(who, Set.of(Topic.EMAIL_MARKETING)));
      }
    }
  }

  private static List<Choice> changed(List<Choice> before, Wish wish, boolean to) {
    return before.stream()
        .filter(choice -> choice.on() != to && wish.shown().contains(choice.id()))
        .filter(choice -> wish.wanted().contains(choice.id()) == to)
        .toList();
  }

  private static Set<Topic> topics(List<Choice> channels) {
    return new HashSet<>(
        channels.stream().map(channel -> Topic.valueOf(channel.id())).collect(toSet()));
  }

  private static Person person(Profile who, Set<Topic> topics) {
    return new Person(who.id(), topics, who.email(), who.phoneNumber());
  }
}
