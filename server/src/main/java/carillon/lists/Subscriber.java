package carillon.lists;

import carillon.jsonapi.Body;
import carillon.jsonapi.Json;
import carillon.jsonapi.Values;
import carillon.profiles.Consents.Topic;
import carillon.profiles.ProfileChanges;
import carillon.profiles.ProfileFields;
import carillon.profiles.ProfilePart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A person to subscribe, as a request speaks of them.
 *
 * @param resource the resource object in the body, which has passed its schema
 */
record Subscriber(Values resource) {

  /** Consent asked for; for historical imports with the moment it was given. */
  record Wish(Topic topic, Optional<Instant> consentedAt) {}

  /** Who names no channel means marketing by all means by which they can be reached. */
  static Subscriber claimed(ObjectNode resource) {
    var subscriber = new Subscriber(new Values(resource.deepCopy()));
    var attributes = subscriber.attributes().node();
    if (!attributes.hasNonNull("subscriptions")) {
      var channels = attributes.putObject("subscriptions");
      subscriber.email().ifPresent(_ -> channels.set("email", marketing()));
      subscriber.phoneNumber().ifPresent(_ -> channels.set("sms", marketing()));
    }
    return subscriber;
  }

  private static ObjectNode marketing() {
    var channel = Json.object();
    channel.putObject("marketing").put("consent", "SUBSCRIBED");
    return channel;
  }

  /** The same person, asking for these channels only. */
  Subscriber on(Set<String> channels) {
    var narrowed = new Subscriber(new Values(resource.node().deepCopy()));
    narrowed.attributes().in("subscriptions").node().retain(channels);
    return narrowed;
  }

  Optional<String> id() {
    return resource.find(Body.ID);
  }

  Optional<String> email() {
    return attributes().find(ProfileFields.EMAIL);
  }

  Optional<String> phoneNumber() {
    return attributes().find(ProfileFields.PHONE_NUMBER);
  }

  List<Wish> wishes() {
    var wishes = new ArrayList<Wish>();
    for (var topic : Topic.values()) {
      var channel = channel(topic.channel());
      if (channel.node().hasNonNull(topic.kind())) {
        wishes.add(new Wish(topic, channel.in(topic.kind()).find(SubscribeFields.CONSENTED_AT)));
      }
    }
    return wishes;
  }

  boolean wants(Topic topic) {
    return wishes().stream().anyMatch(wish -> wish.topic() == topic);
  }

  /** To be told apart who opens a mail is no subscription to anything. */
  boolean joins() {
    return wishes().stream().anyMatch(wish -> wish.topic() != Topic.EMAIL_OPEN_TRACKING);
  }

  List<Values> devices() {
    return channel("push").find(SubscribeFields.TOKENS).orElse(List.of()).stream()
        .map(Values::new)
        .toList();
  }

  boolean isNobody() {
    return id().isEmpty()
        && email().isEmpty()
        && phoneNumber().isEmpty()
        && anonymousId().isEmpty();
  }

  ProfilePart part(Optional<String> source) {
    var properties = Json.object();
    source.ifPresent(text -> properties.put("$source", text));
    attributes()
        .find(SubscribeFields.BIRTH)
        .ifPresent(day -> properties.put("$age_gated_date_of_birth", day.toString()));
    var none = ProfileChanges.NONE;
    return new ProfilePart(
        id(),
        Optional.empty(),
        email(),
        phoneNumber(),
        anonymousId(),
        Optional.empty(),
        new ProfileChanges(none.texts(), none.location(), properties, none.patch(), none.emails()));
  }

  /** All that somebody without a key says of themselves. */
  ProfilePart claim(Optional<String> source) {
    var claim = ProfilePart.read(resource).asClaim();
    return source.map(text -> claim.with("$source", text)).orElse(claim);
  }

  private Optional<String> anonymousId() {
    return channel("push").find(SubscribeFields.ANONYMOUS_ID);
  }

  Values attributes() {
    return resource.in("attributes");
  }

  private Values channel(String name) {
    return attributes().in("subscriptions").in(name);
  }
}
