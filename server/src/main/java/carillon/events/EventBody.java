package carillon.events;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Body;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Field;
import carillon.jsonapi.Request;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Values;
import carillon.profiles.ProfileFields;
import carillon.profiles.ProfilePart;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The bodies that bring events: their shape, their rules, and how they become new events. */
final class EventBody {

  private static final int LONGEST_NAME = 128;
  private static final int LONGEST_UNIQUE_ID = 255;
  private static final int MOST_EVENTS = 1000;
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private static final Field<ObjectNode> PROPERTIES = Schema.free().as("properties").required();
  private static final Field<Instant> TIME = new Schema.Moment().as("time").nullable();
  private static final Field<BigDecimal> VALUE = Schema.decimal().as("value").nullable();
  private static final Field<String> CURRENCY =
      Schema.text().checked(EventBody::currencyFault).as("value_currency").nullable();
  private static final Field<String> UNIQUE_ID =
      Schema.text().length(1, LONGEST_UNIQUE_ID).as("unique_id").nullable();
  private static final Field<Boolean> BACKFILL =
      Schema.bool().as("backfill").nullable().preset(false);
  private static final Field<String> NAME =
      Schema.text().length(1, LONGEST_NAME).checked(EventBody::nameFault).as("name").required();
  private static final Field<String> SERVICE =
      Schema.text()
          .length(1, LONGEST_NAME)
          .checked(EventBody::serviceFault)
          .as("service")
          .nullable();
  private static final Field<?> METRIC =
      Body.nested("metric", Body.of("metric").attributes(NAME, SERVICE).resource()).required();

  /** The body of one event. */
  static final Body SINGLE =
      Body.of("event")
          .attributes(
              PROPERTIES,
              TIME,
              VALUE,
              CURRENCY,
              UNIQUE_ID,
              BACKFILL,
              METRIC,
              Body.nested("profile", ProfileFields.subject()).required());

  private static final Schema.Struct ENTRY =
      Body.of("event-bulk-create")
          .attributes(
              BACKFILL,
              Body.nested("profile", ProfileFields.subjectOfMany()).required(),
              Body.nestedMany(
                      "events",
                      Body.of("event")
                          .attributes(
                              PROPERTIES, TIME, VALUE, CURRENCY, BACKFILL, METRIC, UNIQUE_ID)
                          .resource(),
                      1,
                      MOST_EVENTS)
                  .required())
          .resource();

  /** The body of many events of one person. */
  static final Schema.Struct OF_ONE =
      Schema.struct("event-bulk-create", ENTRY.as("data").required());

  /** The body of many events. */
  static final Body BULK =
      Body.of("event-bulk-create-job")
          .attributes(Body.nestedMany("events-bulk-create", ENTRY, 1, MOST_EVENTS).required());

  private final Instant now;
  private final Instant latest;
  private final String currency;
  private final boolean claimed;
  private final List<Fault> faults = new ArrayList<>();

  /**
   * Reads bodies.
   *
   * @param claimed whether they come from somebody without a key
   */
  private EventBody(Instant now, String currency, boolean claimed) {
    this.now = now;
    this.latest = now.atOffset(ZoneOffset.UTC).plusYears(1).toInstant();
    this.currency = currency;
    this.claimed = claimed;
  }

  /**
   * The event in a body.
   *
   * @param currency of values that name none
   * @throws ApiError telling every rule that is broken
   */
  static NewEvent single(Request request, Clock clock, String currency) {
    return single(request, new EventBody(clock.instant(), currency, false));
  }

  /** The same of somebody without a key. */
  static NewEvent claimed(Request request, Clock clock, String currency) {
    return single(request, new EventBody(clock.instant(), currency, true));
  }

  private static NewEvent single(Request request, EventBody body) {
    var attributes = request.attributes();
    var part = body.part(attributes, "/data/attributes");
    var event = body.event(attributes, "/data/attributes", part, false);
    body.refuse();
    return event;
  }

  /** The events in a body that brings many. */
  static List<NewEvent> bulk(Request request, Clock clock, String currency) {
    var body = new EventBody(clock.instant(), currency, false);
    var events = body.bulk(request.attributes());
    body.refuse();
    return events;
  }

  /** The events in a body that brings many of one person, from somebody without a key. */
  static List<NewEvent> claimedOfOne(Request request, Clock clock, String currency) {
    var body = new EventBody(clock.instant(), currency, true);
    var repeated = new RepeatedIds();
    var events = body.ofOne(request.attributes(), "/data/attributes", repeated);
    body.faults.addAll(repeated.faults());
    body.refuse();
    return events;
  }

  private List<NewEvent> bulk(Values attributes) {
    var place = "/data/attributes/events-bulk-create/data";
    var repeated = new RepeatedIds();
    var events = new ArrayList<NewEvent>();
    var entries = attributes.in("events-bulk-create").node().get("data");
    for (int i = 0; i < entries.size(); i++) {
      events.addAll(ofOne(attributes(entries.get(i)), place + "/" + i + "/attributes", repeated));
    }
    if (events.size() > MOST_EVENTS) {
      faults.add(Fault.at(place, "A request can bring at most " + MOST_EVENTS + " events."));
    }
    faults.addAll(repeated.faults());
    return events;
  }

  private List<NewEvent> ofOne(Values entry, String pointer, RepeatedIds repeated) {
    var part = part(entry, pointer);
    var identifiers = identifiers(part);
    var backfill = entry.find(BACKFILL).orElse(false);
    var all = entry.in("events").node().get("data");
    var events = new ArrayList<NewEvent>();
    for (int i = 0; i < all.size(); i++) {
      var place = pointer + "/events/data/" + i + "/attributes";
      var event = event(attributes(all.get(i)), place, part, backfill);
      repeated.add(event, identifiers, place + "/unique_id");
      events.add(event);
    }
    return events;
  }

  /** Each with its kind, so that an e-mail address is no external id. */
  private static List<String> identifiers(ProfilePart part) {
    var all = new ArrayList<String>();
    part.id().ifPresent(id -> all.add("id " + id));
    part.externalId().ifPresent(id -> all.add("external_id " + id));
    part.email().ifPresent(email -> all.add("email " + email));
    part.phoneNumber().ifPresent(number -> all.add("phone_number " + number));
    part.kx().ifPresent(token -> all.add("_kx " + token));
    part.anonymousId().ifPresent(id -> all.add("anonymous_id " + id));
    return all;
  }

  private static Values attributes(JsonNode resource) {
    return new Values((ObjectNode) resource.get("attributes"));
  }

  private ProfilePart part(Values attributes, String pointer) {
    var resource = attributes.in("profile").in("data");
    ProfilePart.fault(resource, pointer + "/profile/data").ifPresent(faults::add);
    var part = ProfilePart.read(resource);
    return claimed ? part.asClaim() : part;
  }

  private NewEvent event(Values attributes, String pointer, ProfilePart part, boolean backfill) {
    var time = attributes.find(TIME).orElse(now);
    checkTime(time, pointer + "/time");
    var given = attributes.get(PROPERTIES);
    PropertyLimits.check(given, pointer + "/properties", faults);
    var value = attributes.find(VALUE).or(() -> inside(given, "$value", this::number, pointer));
    var uniqueId =
        attributes.find(UNIQUE_ID).or(() -> inside(given, "$event_id", this::text, pointer));
    return new NewEvent(
        new NewEvent.Subject.Described(part),
        metric(attributes.in("metric").in("data").in("attributes")),
        time.truncatedTo(ChronoUnit.SECONDS),
        uniqueId,
        value,
        stored(given, attributes.find(CURRENCY), value.isPresent()),
        backfill || attributes.find(BACKFILL).orElse(false));
  }

  private void checkTime(Instant time, String pointer) {
    if (time.isBefore(EARLIEST) || time.isAfter(latest)) {
      faults.add(
          Fault.at(
              pointer, "'time' must be after the year 2000 and at most one year in the future."));
    }
  }

  private static MetricName metric(Values attributes) {
    return new MetricName(
        attributes.find(SERVICE).map(Integration::service).orElse(Integration.API),
        attributes.get(NAME));
  }

  /** Older clients put value and unique id among the properties. */
  private <V> Optional<V> inside(
      ObjectNode properties, String name, Function<JsonNode, Optional<V>> reader, String pointer) {
    var value = properties.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    var read = reader.apply(value);
    if (read.isEmpty()) {
      faults.add(
          Fault.at(
              pointer + "/properties/" + name,
              name.equals("$value")
                  ? "'$value' must be a number."
                  : "'$event_id' must have 1 to " + LONGEST_UNIQUE_ID + " characters."));
    }
    return read;
  }

  private Optional<BigDecimal> number(JsonNode value) {
    return value.isNumber() ? Optional.of(new BigDecimal(value.asString())) : Optional.empty();
  }

  private Optional<String> text(JsonNode value) {
    return PropertyType.isScalar(value)
        ? Optional.of(value.asString())
            .filter(text -> !text.isEmpty() && text.length() <= LONGEST_UNIQUE_ID)
        : Optional.empty();
  }

  /** The properties to keep: what has a place of its own is taken out, the currency goes in. */
  private ObjectNode stored(ObjectNode given, Optional<String> named, boolean hasValue) {
    given.remove("$value");
    given.remove("$event_id");
    named.ifPresent(code -> given.put("$value_currency", code));
    if (hasValue && !given.has("$value_currency")) {
      given.put("$value_currency", currency);
    }
    return given;
  }

  private void refuse() {
    if (!faults.isEmpty()) {
      throw new ApiError(faults);
    }
  }

  private static Optional<String> nameFault(String name) {
    return name.isBlank() ? Optional.of("'name' must not be empty.") : Optional.empty();
  }

  /** The server's own metrics are not for clients: opens and clicks could be forged. */
  private static Optional<String> serviceFault(String name) {
    if (name.isBlank()) {
      return Optional.of("'service' must not be empty.");
    }
    return name.strip().equalsIgnoreCase(Integration.INTERNAL.name())
        ? Optional.of("'service' may not be '" + Integration.INTERNAL.name() + "'.")
        : Optional.empty();
  }

  private static Optional<String> currencyFault(String code) {
    return CURRENCIES.contains(code)
        ? Optional.empty()
        : Optional.of("'value_currency' must be a currency code of ISO 4217, such as USD.");
  }
}
