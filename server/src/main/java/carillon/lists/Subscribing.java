package carillon.lists;

import carillon.events.NewEvent;
import carillon.jsonapi.ApiError;
import carillon.platform.db.Tx;
import carillon.profiles.Consents;
import carillon.profiles.Consents.Topic;
import carillon.profiles.ProfilePart;
import carillon.profiles.PushToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes people subscribers: profile, consent, membership, devices and events, all or nothing. */
final class Subscribing {

  private final Registers in;

  Subscribing(Registers registers) {
    this.in = registers;
  }

  private record Known(String profile, Subscriber subscriber) {}

  /** Subscribes people; {@code confirmed} tells whether they answered a confirmation mail. */
  void subscribe(Tx tx, Occasion occasion, List<Subscriber> subscribers, boolean confirmed) {
    var list = occasion.list().map(id -> ListStore.hold(tx, occasion.account(), id));
    var known = known(tx, occasion, subscribers);
    var words = new ArrayList<Consents.Word>();
    known.forEach(one -> words.addAll(words(occasion, one, confirmed)));
    var changed = in.consents().subscribe(tx, occasion.account(), words);
    in.tokens().register(tx, occasion.account(), devices(known));
    var joined = list.map(found -> join(tx, occasion, found, known)).orElse(List.of());
    in.events()
        .record(tx, occasion.account(), events(occasion, list, confirmed, known, changed, joined));
  }

  /** Somebody known says yes again, for themselves; they get on the list it is about, if any. */
  void welcomeBack(Tx tx, Occasion occasion, Person person) {
    var list = occasion.list().flatMap(id -> ListStore.held(tx, occasion.account(), id));
    var now = in.clock().instant();
    var how = occasion.how(Optional.empty());
    var words =
        person.topics().stream()
            .map(topic -> new Consents.Word(person.profile(), topic, now, how, occasion.list()))
            .toList();
    var changed = in.consents().subscribe(tx, occasion.account(), words);
    var joined =
        list.map(to ->
                in.lists().add(tx, occasion.account(), to.id(), Set.of(person.profile()), true))
            .orElse(List.of());
    var properties = occasion.properties(Optional.empty(), list);
    person.email().ifPresent(email -> properties.put("email_address", email));
    var metrics = new ArrayList<String>();
    if (!changed(changed, Topic.EMAIL_MARKETING).isEmpty()) {
      metrics.add("Subscribed to Email Marketing");
    }
    if (!joined.isEmpty()) {
      metrics.add("Subscribed to List");
    }
    if (!changed(changed, Topic.SMS_MARKETING).isEmpty()) {
      metrics.add("Subscribed to SMS Marketing");
    }
    var unique = in.ids().ulid();
    in.events()
        .record(
            tx,
            occasion.account(),
            metrics.stream()
                .map(metric -> occasion.event(person.profile(), metric, now, unique, properties))
                .toList());
  }

  private List<Known> known(Tx tx, Occasion occasion, List<Subscriber> subscribers) {
    return occasion.isClaim()
        ? subscribers.stream().flatMap(one -> claimed(tx, occasion, one).stream()).toList()
        : named(tx, occasion, subscribers);
  }

  /**
   * Consent belongs to whom the address or number itself belongs to: nobody without a key can give
   * it for somebody else by naming them in another way.
   */
  private List<Known> claimed(Tx tx, Occasion occasion, Subscriber subscriber) {
    var claim = subscriber.claim(occasion.source());
    var person = profile(tx, occasion, claim);
    var channels = new LinkedHashMap<String, Set<String>>();
    for (var wish : subscriber.wishes()) {
      var channel = wish.topic().channel();
      var whose =
          switch (channel) {
            case "email" -> claim.email().map(ProfilePart::ofEmail);
            case "push" -> Optional.<ProfilePart>empty();
            default -> claim.phoneNumber().map(ProfilePart::ofPhoneNumber);
          };
      channels
          .computeIfAbsent(
              whose.map(part -> profile(tx, occasion, part.asClaim())).orElse(person),
              _ -> new HashSet<>())
          .add(channel);
    }
    return channels.entrySet().stream()
        .map(entry -> new Known(entry.getKey(), subscriber.on(entry.getValue())))
        .toList();
  }

  private String profile(Tx tx, Occasion occasion, ProfilePart part) {
    return in.identities()
        .resolve(tx, occasion.account(), List.of(part))
        .getFirst()
        .profileId()
        .orElseThrow();
  }

  private List<Known> named(Tx tx, Occasion occasion, List<Subscriber> subscribers) {
    var parts = subscribers.stream().map(one -> one.part(occasion.source())).toList();
    var resolved = in.identities().resolve(tx, occasion.account(), parts);
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
                wish.consentedAt().orElseGet(in.clock()::instant),
                occasion.how(Optional.of(confirmed)),
                occasion.list()))
        .toList();
  }

  private List<PushToken> devices(List<Known> known) {
    return known.stream()
        .flatMap(one ->
            one.subscriber().devices().stream()
                .map(device -> PushToken.of(one.profile(), device, in.clock().instant())))
        .toList();
  }

  private List<String> join(Tx tx, Occasion occasion, MailingList list, List<Known> known) {
    var joining = new TreeSet<String>();
    known.stream()
        .filter(one -> one.subscriber().joins())
        .forEach(one -> joining.add(one.profile()));
    return in.lists().add(tx, occasion.account(), list.id(), joining, !occasion.historical());
  }

  private List<NewEvent> events(
      Occasion occasion,
      Optional<MailingList> list,
      boolean confirmed,
      List<Known> known,
      List<Consents.Word> changed,
      List<String> joined) {
    var unique = in.ids().ulid();
    var byMail = changed(changed, Topic.EMAIL_MARKETING);
    var byText = changed(changed, Topic.SMS_MARKETING);
    var listed = new HashSet<>(joined);
    var all = new ArrayList<NewEvent>();
    for (var one : known) {
      var properties = occasion.properties(Optional.of(confirmed), list);
      one.subscriber().email().ifPresent(email -> properties.put("email_address", email));
      var id = one.profile();
      if (byMail.remove(id)) {
        var at = consentedAt(one.subscriber(), Topic.EMAIL_MARKETING);
        all.add(occasion.event(id, "Subscribed to Email Marketing", at, unique, properties));
      }
      if (listed.remove(id)) {
        var now = in.clock().instant();
        all.add(occasion.event(id, "Subscribed to List", now, unique, properties));
      }
      if (byText.remove(id)) {
        one.subscriber().phoneNumber().ifPresent(to -> properties.put("phone_number", to));
        var at = consentedAt(one.subscriber(), Topic.SMS_MARKETING);
        all.add(occasion.event(id, "Subscribed to SMS Marketing", at, unique, properties));
      }
    }
    return all;
  }

  /** Whose standing on a topic was changed. */
  static HashSet<String> changed(List<Consents.Word> words, Topic topic) {
    var people = new HashSet<String>();
    words.stream()
        .filter(word -> word.topic() == topic)
        .forEach(word -> people.add(word.profileId()));
    return people;
  }

  private Instant consentedAt(Subscriber subscriber, Topic topic) {
    return subscriber.wishes().stream()
        .filter(wish -> wish.topic() == topic)
        .flatMap(wish -> wish.consentedAt().stream())
        .findFirst()
        .orElseGet(in.clock()::instant);
  }
}
