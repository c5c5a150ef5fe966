package carillon.lists;

import carillon.events.NewEvent;
import carillon.platform.db.Tx;
import carillon.profiles.Consents;
import carillon.profiles.Consents.Topic;
import carillon.profiles.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes people's consent back. Who is on the list it is about leaves that list and no more, as far
 * as mail goes; who is not, or where there is no list, is unsubscribed altogether. Other channels
 * know no lists: a no to them always holds everywhere.
 */
final class Unsubscribing {

  private final Registers in;

  Unsubscribing(Registers registers) {
    this.in = registers;
  }

  void unsubscribe(Tx tx, Occasion occasion, List<Person> leavers) {
    var list = occasion.list().map(id -> ListStore.hold(tx, occasion.account(), id));
    var left = list.map(found -> leave(tx, occasion, found, leavers)).orElse(Set.of());
    var words = new ArrayList<Consents.Word>();
    leavers.forEach(one -> words.addAll(words(occasion, one, left)));
    var changed = in.consents().unsubscribe(tx, occasion.account(), words);
    in.events().record(tx, occasion.account(), events(occasion, list, leavers, left, changed));
  }

  /** Takes somebody off the list it is about, if they are on it, and unsubscribes nobody. */
  void leaveList(Tx tx, Occasion occasion, Person person) {
    var list = ListStore.held(tx, occasion.account(), occasion.list().orElseThrow());
    if (list.isPresent()) {
      var left = leave(tx, occasion, list.get(), List.of(person));
      in.events()
          .record(tx, occasion.account(), events(occasion, list, List.of(person), left, List.of()));
    }
  }

  /** Who was on the list, and is no more. */
  private Set<String> leave(Tx tx, Occasion occasion, MailingList list, List<Person> leavers) {
    var leaving = new TreeSet<String>();
    leavers.stream().filter(Person::speaksOfMarketing).forEach(one -> leaving.add(one.profile()));
    var left = in.lists().remove(tx, occasion.account(), list.id(), leaving);
    var byMail = new TreeSet<String>();
    leavers.stream()
        .filter(one -> one.topics().contains(Topic.EMAIL_MARKETING))
        .filter(one -> left.contains(one.profile()))
        .forEach(one -> byMail.add(one.profile()));
    in.consents().suppress(tx, occasion.account(), byMail, Reason.UNSUBSCRIBE, list.id());
    return Set.copyOf(left);
  }

  private List<Consents.Word> words(Occasion occasion, Person one, Set<String> left) {
    return one.topics().stream()
        .filter(topic -> topic != Topic.EMAIL_MARKETING || !left.contains(one.profile()))
        .map(topic ->
            new Consents.Word(
                one.profile(),
                topic,
                in.clock().instant(),
                occasion.how(Optional.empty()),
                occasion.list()))
        .toList();
  }

  private List<NewEvent> events(
      Occasion occasion,
      Optional<MailingList> list,
      List<Person> leavers,
      Set<String> left,
      List<Consents.Word> changed) {
    var unique = in.ids().ulid();
    var now = in.clock().instant();
    var byMail = Subscribing.changed(changed, Topic.EMAIL_MARKETING);
    var byText = Subscribing.changed(changed, Topic.SMS_MARKETING);
    var listed = new HashSet<>(left);
    var all = new ArrayList<NewEvent>();
    for (var one : leavers) {
      var properties = occasion.properties(Optional.empty(), list);
      one.email().ifPresent(email -> properties.put("email_address", email));
      var id = one.profile();
      if (byMail.remove(id)) {
        all.add(occasion.event(id, "Unsubscribed from Email Marketing", now, unique, properties));
      }
      if (listed.remove(id)) {
        all.add(occasion.event(id, "Unsubscribed from List", now, unique, properties));
      }
      if (byText.remove(id)) {
        one.phoneNumber().ifPresent(number -> properties.put("phone_number", number));
        all.add(occasion.event(id, "Unsubscribed from SMS Marketing", now, unique, properties));
      }
    }
    return all;
  }
}
