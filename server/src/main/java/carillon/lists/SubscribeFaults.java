package carillon.lists;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.profiles.Consents.Topic;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a subscribe job beyond its schema; all of it is told at once. */
final class SubscribeFaults {

  private static final int MOST = 100;

  private final boolean historical;
  private final Instant now;
  private final List<Fault> faults = new ArrayList<>();

  private SubscribeFaults(boolean historical, Instant now) {
    this.historical = historical;
    this.now = now;
  }

  /** Refuses the job if anything is wrong with it. */
  static void refuse(List<Subscriber> subscribers, boolean historical, Instant now) {
    var found = new SubscribeFaults(historical, now);
    for (int i = 0; i < subscribers.size() && found.faults.size() < MOST; i++) {
      found.check(subscribers.get(i), "/data/attributes/profiles/data/" + i + "/attributes");
    }
    if (!found.faults.isEmpty()) {
      throw new ApiError(found.faults);
    }
  }

  /** Refuses what one person asks for without a key. */
  static void refuseClaim(Subscriber subscriber, Instant now) {
    var found = new SubscribeFaults(false, now);
    var pointer = "/data/attributes/profile/data/attributes";
    if (subscriber.email().isEmpty() && subscriber.phoneNumber().isEmpty()) {
      found.add(pointer, "An email or a phone_number is required.");
    } else {
      found.check(subscriber, pointer);
    }
    if (!found.faults.isEmpty()) {
      throw new ApiError(found.faults);
    }
  }

  private void check(Subscriber subscriber, String pointer) {
    if (subscriber.wishes().isEmpty()) {
      add(pointer + "/subscriptions", "At least one subscription is required.");
    }
    if (subscriber.isNobody()) {
      add(pointer, "At least one identifier is required: id, email or phone_number.");
    }
    subscriber.wishes().forEach(wish -> check(subscriber, wish, pointer));
    subscriber
        .attributes()
        .find(SubscribeFields.BIRTH)
        .filter(day -> day.isAfter(now.atZone(ZoneOffset.UTC).toLocalDate()))
        .ifPresent(_ ->
            add(pointer + "/age_gated_date_of_birth", "The date of birth must be in the past."));
  }

  private void check(Subscriber subscriber, Subscriber.Wish wish, String pointer) {
    var topic = wish.topic();
    switch (topic.channel()) {
      case "email" -> {
        if (subscriber.email().isEmpty()) {
          add(pointer + "/email", "'email' is required for a subscription to email.");
        }
      }
      case "sms", "whatsapp" -> {
        if (subscriber.phoneNumber().isEmpty()) {
          add(
              pointer + "/phone_number",
              "'phone_number' is required for a subscription to " + topic.channel() + ".");
        }
      }
      default -> {}
    }
    var place = pointer + "/subscriptions/" + topic.channel() + "/" + topic.kind();
    checkMoment(wish, place + "/consented_at");
  }

  private void checkMoment(Subscriber.Wish wish, String place) {
    if (!historical) {
      if (wish.consentedAt().isPresent()) {
        add(place, "'consented_at' is only allowed when 'historical_import' is true.");
      }
    } else if (wish.topic() != Topic.EMAIL_OPEN_TRACKING) {
      if (wish.consentedAt().isEmpty()) {
        add(place, "'consented_at' is required when 'historical_import' is true.");
      } else if (!wish.consentedAt().get().isBefore(now)) {
        add(place, "'consented_at' must be in the past.");
      }
    }
  }

  private void add(String pointer, String detail) {
    faults.add(Fault.at(pointer, detail));
  }
}
