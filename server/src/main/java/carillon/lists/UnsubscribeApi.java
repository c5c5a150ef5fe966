package carillon.lists;

import static carillon.jsonapi.RateLimit.L;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Body;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Field;
import carillon.jsonapi.Operation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Values;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.profiles.ProfileFields;
import carillon.profiles.PushTokenFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.node.ObjectNode;

/** The unsubscribe job; its work is done, and kept, before it is answered. */
public final class UnsubscribeApi {

  private static final int MOST_PROFILES = 100;

  private static final Schema.Struct PARAMETERS =
      Schema.struct(
          "UnsubscriptionParameters", Schema.choice("UNSUBSCRIBED").as("consent").required());
  private static final Field<List<ObjectNode>> TOKENS =
      Schema.items(PushTokenFields.entry()).size(0, 100).as("tokens").required();

  private static final Schema.Struct CHANNELS =
      Schema.struct(
          "UnsubscriptionChannels",
          channel("email", "EmailUnsubscriptionParameters", "marketing", "open_tracking"),
          channel("sms", "SMSUnsubscriptionParameters", "marketing", "transactional"),
          channel(
              "whatsapp",
              "WhatsAppUnsubscriptionParameters",
              "marketing",
              "transactional",
              "conversational"),
          Schema.struct(
                  "PushUnsubscriptionParameters", PARAMETERS.as("marketing").required(), TOKENS)
              .as("push")
              .nullable());

  private static final Schema.Struct PROFILE =
      Body.of("profile")
          .attributes(
              ProfileFields.EMAIL,
              ProfileFields.PHONE_NUMBER,
              CHANNELS.as("subscriptions").required())
          .resource();

  private static final ResourceType<String> JOB =
      ResourceType.of(
          "profile-subscription-bulk-delete-job",
          "profile-subscription-bulk-delete-jobs",
          id -> id,
          List.of());

  private final Database db;
  private final Registers registers;
  private final Unsubscribing unsubscribing;

  public UnsubscribeApi(Database db, Registers registers) {
    this.db = db;
    this.registers = registers;
    this.unsubscribing = new Unsubscribing(registers);
  }

  private static Field<?> channel(String name, String struct, String... kinds) {
    return Schema.struct(
            struct,
            Stream.of(kinds).map(kind -> PARAMETERS.as(kind).nullable()).toArray(Field<?>[]::new))
        .as(name)
        .nullable();
  }

  public Stream<Operation> operations() {
    return Stream.of(
        JOB.accept(
                "bulk_unsubscribe_profiles",
                "/api/profile-subscription-bulk-delete-jobs",
                "Unsubscribe profiles from channels, or from a list")
            .group("Profiles")
            .aliases("unsubscribe_profiles", "create_profile_subscription_bulk_delete_job")
            .scopes("lists:write", "profiles:write", "subscriptions:write")
            .limit(L)
            .body(
                Body.of("profile-subscription-bulk-delete-job")
                    .attributes(Body.nestedMany("profiles", PROFILE, 1, MOST_PROFILES).required())
                    .relationships(Body.one("list", "list")))
            .to(this::unsubscribe));
  }

  private Reply unsubscribe(Request request) {
    var people =
        StreamSupport.stream(
                request.attributes().in("profiles").node().get("data").spliterator(), false)
            .map(one -> new Subscriber(new Values((ObjectNode) one)))
            .toList();
    refuseFaulty(people);
    var occasion =
        Occasion.now(
            request.account(),
            request.related("list"),
            Occasion.API_UNSUBSCRIBE,
            request.caller().key());
    db.transact(Database.Repeat.SAFE, tx -> unsubscribe(tx, occasion, people));
    return Reply.nothing();
  }

  private static void refuseFaulty(List<Subscriber> people) {
    var faults = new ArrayList<Fault>();
    for (int i = 0; i < people.size(); i++) {
      var pointer = "/data/attributes/profiles/data/" + i + "/attributes";
      if (people.get(i).wishes().isEmpty()) {
        faults.add(Fault.at(pointer + "/subscriptions", "At least one subscription is required."));
      }
      if (people.get(i).isNobody()) {
        faults.add(
            Fault.at(pointer, "At least one identifier is required: email or phone_number."));
      }
    }
    if (!faults.isEmpty()) {
      throw new ApiError(faults);
    }
  }

  /** Who is not known yet is made known, so that the no is remembered. */
  private void unsubscribe(Tx tx, Occasion occasion, List<Subscriber> people) {
    occasion.list().ifPresent(id -> ListStore.hold(tx, occasion.account(), id));
    var resolved =
        registers
            .identities()
            .resolve(
                tx,
                occasion.account(),
                people.stream().map(one -> one.part(occasion.source())).toList());
    var leavers = new ArrayList<Person>();
    for (int i = 0; i < people.size(); i++) {
      var profile = resolved.get(i).profileId().orElseThrow();
      leavers.add(leaver(profile, people.get(i)));
      forget(tx, occasion.account(), profile, people.get(i));
    }
    unsubscribing.unsubscribe(tx, occasion, leavers);
  }

  private static Person leaver(String profile, Subscriber person) {
    return new Person(
        profile,
        person.wishes().stream().map(Subscriber.Wish::topic).collect(Collectors.toSet()),
        person.email(),
        person.phoneNumber());
  }

  private void forget(Tx tx, String account, String profile, Subscriber person) {
    var tokens =
        person.devices().stream()
            .map(device -> device.get(PushTokenFields.TOKEN))
            .collect(Collectors.toSet());
    if (!tokens.isEmpty()) {
      registers.tokens().remove(tx, account, profile, Set.copyOf(tokens));
    }
  }
}
