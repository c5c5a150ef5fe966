package carillon.profiles;

import carillon.jsonapi.Json;
import carillon.platform.Ids;
import carillon.platform.db.Queries;
import carillon.platform.db.Tx;
import carillon.platform.work.News;
import carillon.platform.work.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who has agreed to be written to, and who must not be: the one place that changes and judges it.
 * Every change is kept, and told as news of the kind {@code ConsentChanged}.
 */
public final class Consents {

  /** A channel and a kind of message on it. */
  public enum Topic {
    EMAIL_MARKETING("email", "marketing"),
    EMAIL_OPEN_TRACKING("email", "open_tracking"),
    SMS_MARKETING("sms", "marketing"),
    SMS_TRANSACTIONAL("sms", "transactional"),
    PUSH_MARKETING("push", "marketing"),
    WHATSAPP_MARKETING("whatsapp", "marketing"),
    WHATSAPP_TRANSACTIONAL("whatsapp", "transactional"),
    WHATSAPP_CONVERSATIONAL("whatsapp", "conversational");

    private final String channel;
    private final String kind;

    Topic(String channel, String kind) {
      this.channel = channel;
      this.kind = kind;
    }

    public String channel() {
      return channel;
    }

    public String kind() {
      return kind;
    }
  }

  /**
   * How consent was given or taken back.
   *
   * @param method such as API_V3_SUBSCRIBE
   * @param detail such as the last characters of a key
   * @param customDetail the source a client named
   */
  public record How(
      Optional<String> method,
      Optional<String> detail,
      Optional<String> customDetail,
      Optional<Boolean> doubleOptIn) {

    /** Nothing is known but the method. */
    public static How by(String method) {
      return new How(Optional.of(method), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /**
   * A yes or a no of somebody.
   *
   * @param at when it was said
   * @param listId the list it was said for; a yes for a list also ends its suppression there
   */
  public record Word(String profileId, Topic topic, Instant at, How how, Optional<String> listId) {}

  private final Clock clock;
  private final Ids ids;
  private final Outbox outbox;

  public Consents(Clock clock, Ids ids, Outbox outbox) {
    this.clock = clock;
    this.ids = ids;
    this.outbox = outbox;
  }

  /**
   * Notes who agreed. For e-mail marketing it ends suppressions for UNSUBSCRIBE, SPAM_COMPLAINT and
   * USER_SUPPRESSED, not those for HARD_BOUNCE and INVALID_EMAIL. Words about profiles that are not
   * there are passed over.
   *
   * @return the words that changed the standing of somebody
   */
  public List<Word> subscribe(Tx tx, String account, List<Word> words) {
    var known = known(tx, account, words);
    var changed = note(tx, account, known, "SUBSCRIBED");
    Suppressions.endBySubscribing(tx, account, profiles(known, Topic.EMAIL_MARKETING));
    var listed =
        known.stream()
            .filter(word -> word.topic() == Topic.EMAIL_MARKETING && word.listId().isPresent())
            .toList();
    Suppressions.endOnList(
        tx,
        account,
        listed.stream().map(Word::profileId).toList(),
        listed.stream().map(word -> word.listId().orElseThrow()).toList());
    return changed;
  }

  /**
   * Notes who took consent back, on the whole channel. For e-mail marketing it also suppresses.
   *
   * @return the words that changed the standing of somebody
   */
  public List<Word> unsubscribe(Tx tx, String account, List<Word> words) {
    var known = known(tx, account, words);
    var changed = note(tx, account, known, "UNSUBSCRIBED");
    Suppressions.add(
        tx, account, profiles(known, Topic.EMAIL_MARKETING), Reason.UNSUBSCRIBE, "", now());
    return changed;
  }

  /** Suppresses the e-mail channel of people for a reason; answers who was not yet for it. */
  public Set<String> suppress(Tx tx, String account, Collection<String> profileIds, Reason reason) {
    return suppress(tx, account, profileIds, reason, "");
  }

  /** Suppresses people on one list only; answers who was not yet for the reason. */
  public Set<String> suppress(
      Tx tx, String account, Collection<String> profileIds, Reason reason, String listId) {
    var known = touch(tx, account, profileIds);
    var suppressed = Suppressions.add(tx, account, known, reason, listId, now());
    ConsentRows.noteSuppression(tx, account, suppressed, reason, listId, "SUPPRESSED", now(), ids);
    tell(tx, account, suppressed, reason, "SUPPRESSED");
    return suppressed;
  }

  /** Ends what {@link Reason#USER_SUPPRESSED} began, nothing else; answers whose it ended. */
  public Set<String> unsuppress(Tx tx, String account, Collection<String> profileIds) {
    var known = touch(tx, account, profileIds);
    var freed = Suppressions.endByUser(tx, account, known);
    ConsentRows.noteSuppression(
        tx, account, freed, Reason.USER_SUPPRESSED, "", "UNSUPPRESSED", now(), ids);
    tell(tx, account, freed, Reason.USER_SUPPRESSED, "UNSUPPRESSED");
    return freed;
  }

  /**
   * What a message is for, as far as that decides who may get it.
   *
   * @param marketing whether a no to marketing counts; receipts are expected anyway
   * @param groups lists and segments it goes to; who left a list is reached by another only
   */
  public record Purpose(Topic topic, boolean marketing, Collection<String> groups) {

    public Purpose {
      groups = List.copyOf(groups);
    }

    public static Purpose marketing(Topic topic) {
      return new Purpose(topic, true, List.of());
    }

    public static Purpose transactional(Topic topic) {
      return new Purpose(topic, false, List.of());
    }
  }

  /**
   * Who may get a message and how.
   *
   * @param refusals why it must not go to some; who is left out may get it
   * @param untracked who does not want it told when they open mail
   */
  public record Judgement(Map<String, Refusal> refusals, Set<String> untracked) {}

  /** Judges who may get a message: the one place where consent is asked before sending. */
  public Judgement judge(
      Queries db, String account, Collection<String> profileIds, Purpose purpose) {
    return Refusals.of(db, account, profileIds, purpose);
  }

  /** The topics somebody has said a word on, and whether it was a yes. */
  public Map<Topic, Boolean> said(Queries db, String account, String profileId) {
    var said = new EnumMap<Topic, Boolean>(Topic.class);
    for (var standing : standings(db, account, List.of(profileId))) {
      for (var topic : Topic.values()) {
        if (topic.channel().equals(standing.channel()) && topic.kind().equals(standing.kind())) {
          said.put(topic, standing.status().equals("SUBSCRIBED"));
        }
      }
    }
    return said;
  }

  /** The lists somebody was suppressed on for leaving them. */
  public List<String> leftLists(Queries db, String account, String profileId) {
    return Suppressions.of(db, account, List.of(profileId)).stream()
        .filter(one -> !one.listId().isEmpty() && one.reason().equals(Reason.UNSUBSCRIBE.name()))
        .map(Suppression::listId)
        .toList();
  }

  /** An SQL condition: a profile of that alias may get marketing by e-mail. */
  public static String mailable(String alias) {
    return """
    (%1$s.email is not null and not exists (
      select from suppression us where us.account_id = %1$s.account_id
        and us.profile_id = %1$s.profile_id and us.list_id = '')
    and not exists (
      select from consent uc where uc.account_id = %1$s.account_id
        and uc.profile_id = %1$s.profile_id and uc.channel = 'email'
        and uc.kind = 'marketing' and uc.status = 'UNSUBSCRIBED'))
    """
        .formatted(alias);
  }

  /**
   * An SQL condition: a profile of that alias has left none of the lists among some groups, or is
   * in another of these groups, on a list it has not left or in a segment.
   *
   * @param groups parameter that holds ids of lists and segments as {@code text[]}
   */
  public static String stillReached(String alias, String groups) {
    return """
    (not exists (
      select from suppression ls where ls.account_id = %1$s.account_id
        and ls.profile_id = %1$s.profile_id and ls.list_id = any(%2$s))
    or exists (
      select from list_member lm where lm.account_id = %1$s.account_id
        and lm.list_id = any(%2$s) and lm.profile_id = %1$s.profile_id and not exists (
          select from suppression ms where ms.account_id = lm.account_id
            and ms.profile_id = lm.profile_id and ms.list_id = lm.list_id))
    or exists (
      select from segment sg join segment_member sm on sm.account_id = sg.account_id
        and sm.segment_id = sg.id and sm.generation = sg.generation
      where sg.account_id = %1$s.account_id and sg.id = any(%2$s)
        and sm.profile_id = %1$s.profile_id))
    """
        .formatted(alias, groups);
  }

  static List<Standing> standings(Queries db, String account, Collection<String> ids) {
    return db.sql(
            """
            select profile_id, channel, kind, status, consented_at, updated_at, method,
              method_detail, custom_method_detail, double_optin
            from consent where account_id = :account and profile_id = any(:ids)
            """)
        .bind("account", account)
        .array("ids", "text", ids)
        .list(Standing::read);
  }

  /** The last word of each person on each topic, if the person is there. */
  private List<Word> known(Tx tx, String account, List<Word> words) {
    var there = touch(tx, account, words.stream().map(Word::profileId).toList());
    var last = new LinkedHashMap<String, Word>();
    for (var word : words) {
      if (there.contains(word.profileId())) {
        last.put(word.profileId() + word.topic(), word);
      }
    }
    return List.copyOf(last.values());
  }

  /** Marks people as updated, and holds them in an order that all writers keep. */
  private Set<String> touch(Tx tx, String account, Collection<String> profileIds) {
    Profiles.hold(tx, account);
    var there = ProfileRows.locked(tx, account, new TreeSet<>(profileIds)).keySet();
    if (!there.isEmpty()) {
      tx.sql(
              """
              update profile set updated_at = :now
              where account_id = :account and profile_id = any(:ids)
              """)
          .bind("now", now())
          .bind("account", account)
          .array("ids", "text", there)
          .run();
    }
    return there;
  }

  private List<Word> note(Tx tx, String account, List<Word> words, String status) {
    if (words.isEmpty()) {
      return List.of();
    }
    var before =
        standings(tx, account, words.stream().map(Word::profileId).toList()).stream()
            .filter(standing -> standing.status().equals(status))
            .map(standing -> standing.profileId() + standing.channel() + standing.kind())
            .collect(Collectors.toSet());
    ConsentRows.note(tx, account, words, status, now(), ids);
    outbox.tell(tx, words.stream().map(word -> news(account, word, status)).toList());
    return words.stream()
        .filter(word ->
            !before.contains(word.profileId() + word.topic().channel() + word.topic().kind()))
        .toList();
  }

  private static News news(String account, Word word, String status) {
    var payload =
        Json.object()
            .put("channel", word.topic().channel())
            .put("kind", word.topic().kind())
            .put("status", status);
    word.listId().ifPresent(list -> payload.put("list_id", list));
    return new News(account, word.profileId(), "ConsentChanged", payload);
  }

  private void tell(Tx tx, String account, Set<String> profileIds, Reason reason, String status) {
    var news = new ArrayList<News>();
    for (var id : profileIds) {
      var payload =
          Json.object()
              .put("channel", "email")
              .put("kind", "marketing")
              .put("status", status)
              .put("reason", reason.name());
      news.add(new News(account, id, "ConsentChanged", payload));
    }
    outbox.tell(tx, news);
  }

  private static Set<String> profiles(List<Word> words, Topic topic) {
    return words.stream()
        .filter(word -> word.topic() == topic)
        .map(Word::profileId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
