package carillon.lists;

import carillon.events.Events;
import carillon.events.MetricName;
import carillon.events.NewEvent;
import carillon.jsonapi.ApiError;
import carillon.platform.Ids;
import carillon.platform.db.Tx;
import carillon.profiles.Consents;
import carillon.profiles.Consents.Topic;
import carillon.profiles.Identities;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** Makes people subscribers: profile, consent, membership, devices and events, all or nothing. */
final class Subscribing {

  private final Clock clock;
  private final Ids ids;
  private final Identities identities;
  private final Consents consents;
  private final Events events;
  private final MemberStore members;

  Subscribing(
      Clock clock,
      Ids ids,
      Identities identities,
      Consents consents,
      Events events,
      MemberStore members) {
    this.clock = clock;
    this.ids = ids;
    this.identities = identities;
    this.consents = consents;
    this.events = events;
    this.members = members;
  }

  private record Known(String profile, Subscriber subscriber) {}

  /** Subscribes people; {@code confirmed} tells whether they answered a confirmation mail. */
  void subscribe(Tx tx, Occasion occasion, List<Subscriber> subscribers, boolean confirmed) {
    var list = occasion.list().map(id -> ListStore.hold(tx, occasion.account(), id));
    var known = known(tx, occasion, subscribers);
    var words = new ArrayList<Consents.Word>();
    known.forEach(one -> words.addAll(words(occasion, one, confirmed)));
    var changed = consents.subscribe(tx, occasion.account(), words);
    PushTokens.register(tx, occasion.account(), devices(known), clock.instant());
    var joined = list.map(found -> join(tx, occasion, found, known)).orElse(List.of());
    events.record(
        tx, occasion.account(), events(occasion, list, confirmed, known, changed, joined));
  }

  private List<Known> known(Tx tx, Occasion occasion, List<Subscriber> subscribers) {
    var parts = subscribers.stream().map(one -> one.part(occasion.source())).toList();
    var resolved = identities.resolve(tx, occasion.account(), parts);
    var known = new ArrayList<Known>();
    for (int i = 0; i < resolved.size(); i++) {
      var subscriber = subscribers.get(i);
      var profile =
          resolved
              .get(i)
              .profileId()
              .orElseThrow(() -> ApiError.missing("A", "profile", subscriber.id().orElseThrow()));
      known.add(new Known(profile, subscriber));
    }
    return known;
  }

  private List<Consents.Word> words(Occasion occasion, Known one, boolean confirmed) {
    return one.subscriber().wishes().stream()
        .map(wish ->
            new Consents.Word(
                one.profile(),
                wish.topic(),
                wish.consentedAt().orElseGet(clock::instant),
                occasion.how(confirmed),
                occasion.list()))
        .toList();
  }

  private static List<PushTokens.Device> devices(List<Known> known) {
    return known.stream()
        .flatMap(one ->
            one.subscriber().devices().stream()
                .map(device -> new PushTokens.Device(one.profile(), device)))
        .toList();
  }

  private List<String> join(Tx tx, Occasion occasion, MailingList list, List<Known> known) {
    var joining = new TreeSet<String>();
    known.stream()
        .filter(one -> one.subscriber().joins())
        .forEach(one -> joining.add(one.profile()));
    return members.add(tx, occasion.account(), list.id(), joining, !occasion.historical());
  }

  private List<NewEvent> events(
      Occasion occasion,
      Optional<MailingList> list,
      boolean confirmed,
      List<Known> known,
      List<Consents.Word> changed,
      List<String> joined) {
    var unique = ids.ulid();
    var subscribed = new HashSet<String>();
    changed.stream()
        .filter(word -> word.topic() == Topic.EMAIL_MARKETING)
        .forEach(word -> subscribed.add(word.profileId()));
    var listed = new HashSet<>(joined);
    var all = new ArrayList<NewEvent>();
    for (var one : known) {
      var properties = occasion.properties(confirmed, list);
      one.subscriber().email().ifPresent(email -> properties.put("email_address", email));
      if (subscribed.remove(one.profile())) {
        var at = consentedAt(one.subscriber());
        all.add(event(occasion, one, "Subscribed to Email Marketing", at, unique, properties));
      }
      if (listed.remove(one.profile())) {
        all.add(event(occasion, one, "Subscribed to List", clock.instant(), unique, properties));
      }
    }
    return all;
  }

  private Instant consentedAt(Subscriber subscriber) {
    return subscriber.wishes().stream()
        .filter(wish -> wish.topic() == Topic.EMAIL_MARKETING)
        .flatMap(wish -> wish.consentedAt().stream())
        .findFirst()
        .orElseGet(clock::instant);
  }

  private static NewEvent event(
      Occasion occasion,
      Known one,
      String metric,
      Instant at,
      String unique,
      ObjectNode properties) {
    return new NewEvent(
        new NewEvent.Subject.Known(one.profile()),
        MetricName.internal(metric),
        at,
        Optional.of(unique),
        Optional.empty(),
        properties.deepCopy(),
        occasion.historical());
  }
}
