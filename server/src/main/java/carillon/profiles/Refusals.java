package carillon.profiles;

import carillon.platform.db.Queries;
import carillon.platform.db.Row;
import carillon.profiles.Consents.Judgement;
import carillon.profiles.Consents.Purpose;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Judges who may be written to, for many people at once. */
final class Refusals {

  /** What counts against a receipt, too: the address is dead, or its owner calls us spam. */
  private static final List<String> DEAD =
      List.of("HARD_BOUNCE", "INVALID_EMAIL", "SPAM_COMPLAINT");

  private record Person(
      String id,
      Optional<String> email,
      Optional<String> phoneNumber,
      Optional<String> status,
      List<String> reasons,
      boolean hasDevice,
      boolean stillReached,
      boolean untracked) {

    static Person read(Row row) {
      return new Person(
          row.text("profile_id"),
          row.maybeText("email"),
          row.maybeText("phone_number"),
          row.maybeText("status"),
          row.texts("reasons"),
          row.bool("has_device"),
          row.bool("still_reached"),
          row.bool("untracked"));
    }
  }

  static Judgement of(Queries db, String account, Collection<String> ids, Purpose purpose) {
    var refusals = new HashMap<String, Refusal>();
    var untracked = new HashSet<String>();
    ids.forEach(id -> refusals.put(id, Refusal.UNKNOWN));
    for (var person : people(db, account, ids, purpose)) {
      judged(person, purpose)
          .ifPresentOrElse(
              refusal -> refusals.put(person.id(), refusal), () -> refusals.remove(person.id()));
      if (person.untracked()) {
        untracked.add(person.id());
      }
    }
    return new Judgement(refusals, untracked);
  }

  private static List<Person> people(
      Queries db, String account, Collection<String> ids, Purpose purpose) {
    return db.sql(
            """
            select p.profile_id, p.email, p.phone_number, c.status,
              array(select s.reason from suppression s where s.account_id = p.account_id
                and s.profile_id = p.profile_id and s.list_id = '' order by s.reason) as reasons,
              exists (select from push_token t where t.account_id = p.account_id
                and t.profile_id = p.profile_id
                and t.enablement_status in ('AUTHORIZED', 'PROVISIONAL')) as has_device,
              exists (select from consent o where o.account_id = p.account_id
                and o.profile_id = p.profile_id and o.channel = 'email'
                and o.kind = 'open_tracking' and o.status = 'UNSUBSCRIBED') as untracked,
              %s as still_reached
            from profile p
            left join consent c on c.account_id = p.account_id
              and c.profile_id = p.profile_id and c.channel = :channel and c.kind = :kind
            where p.account_id = :account and p.profile_id = any(:ids)
            """
                .formatted(Consents.stillReached("p", ":groups").strip()))
        .bind("account", account)
        .bind("channel", purpose.topic().channel())
        .bind("kind", purpose.topic().kind())
        .array("groups", "text", purpose.groups())
        .array("ids", "text", ids)
        .list(Person::read);
  }

  private static Optional<Refusal> judged(Person person, Purpose purpose) {
    return switch (purpose.topic()) {
      case EMAIL_MARKETING, EMAIL_OPEN_TRACKING ->
          person.email().isEmpty()
              ? Optional.of(Refusal.NO_ADDRESS)
              : purpose.marketing() ? byMail(person) : suppressed(person, DEAD);
      case SMS_MARKETING,
          SMS_TRANSACTIONAL,
          WHATSAPP_MARKETING,
          WHATSAPP_TRANSACTIONAL,
          WHATSAPP_CONVERSATIONAL ->
          person.phoneNumber().isEmpty() ? Optional.of(Refusal.NO_ADDRESS) : agreed(person);
      case PUSH_MARKETING -> person.hasDevice() ? agreed(person) : Optional.of(Refusal.NO_ADDRESS);
    };
  }

  private static Optional<Refusal> byMail(Person person) {
    return suppressed(person, person.reasons())
        .or(() -> person.status().filter("UNSUBSCRIBED"::equals).map(_ -> Refusal.UNSUBSCRIBED))
        .or(() -> person.stillReached() ? Optional.empty() : Optional.of(Refusal.LEFT_LIST));
  }

  private static Optional<Refusal> suppressed(Person person, List<String> counting) {
    return person.reasons().stream()
        .filter(counting::contains)
        .findFirst()
        .map(reason ->
            switch (Reason.valueOf(reason)) {
              case HARD_BOUNCE -> Refusal.HARD_BOUNCE;
              case INVALID_EMAIL -> Refusal.INVALID_EMAIL;
              case SPAM_COMPLAINT -> Refusal.SPAM_COMPLAINT;
              case UNSUBSCRIBE -> Refusal.UNSUBSCRIBED;
              case USER_SUPPRESSED -> Refusal.USER_SUPPRESSED;
            });
  }

  private static Optional<Refusal> agreed(Person person) {
    return switch (person.status().orElse("")) {
      case "SUBSCRIBED" -> Optional.empty();
      case "UNSUBSCRIBED" -> Optional.of(Refusal.UNSUBSCRIBED);
      default -> Optional.of(Refusal.NO_CONSENT);
    };
  }

  private Refusals() {}
}
