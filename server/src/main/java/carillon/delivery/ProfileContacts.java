package carillon.delivery;

import static java.util.stream.Collectors.toMap;

import carillon.lists.Choices;
import carillon.lists.Registers;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.profiles.Consents;
import carillon.profiles.Consents.How;
import carillon.profiles.Consents.Judgement;
import carillon.profiles.Consents.Purpose;
import carillon.profiles.Consents.Topic;
import carillon.profiles.Consents.Word;
import carillon.profiles.Identities;
import carillon.profiles.Profile;
import carillon.profiles.Profiles;
import carillon.profiles.Reason;
import carillon.profiles.Refusal;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The people messages go to are the profiles of the account. */
public final class ProfileContacts implements Contacts {

  private static final List<String> AT_THE_TOP =
      List.of("email", "phone_number", "external_id", "first_name", "last_name", "title");

  private final Database db;
  private final Clock clock;
  private final Profiles profiles;
  private final Identities identities;
  private final Consents consents;
  private final Choices choices;

  public ProfileContacts(Database db, Profiles profiles, Registers registers) {
    this.db = db;
    this.clock = registers.clock();
    this.profiles = profiles;
    this.identities = registers.identities();
    this.consents = registers.consents();
    this.choices = new Choices(db, profiles, registers);
  }

  @Override
  public Map<String, Contact> find(String account, Collection<String> ids, Purpose purpose) {
    var judged = consents.judge(db, account, ids, purpose);
    return profiles.get(db, account, ids).values().stream()
        .collect(toMap(Profile::id, profile -> contact(profile, judged)));
  }

  private static Contact contact(Profile profile, Judgement judged) {
    return new Contact(
        profile.id(),
        profile.email(),
        profile.externalId(),
        Optional.ofNullable(judged.refusals().get(profile.id())).map(Refusal::name),
        !judged.untracked().contains(profile.id()),
        values(profile));
  }

  /** What templates may say of a person: everything below {@code person}, the usual at the top. */
  private static Map<String, Object> values(Profile profile) {
    var person = new HashMap<String, Object>();
    profile
        .properties()
        .properties()
        .forEach(one -> person.put(one.getKey(), plain(one.getValue())));
    person.put("location", plain(profile.location()));
    person.putAll(profile.texts());
    person.put("id", profile.id());
    var values = new HashMap<String, Object>();
    AT_THE_TOP.forEach(name -> profile.text(name).ifPresent(text -> values.put(name, text)));
    values.put("person", person);
    return values;
  }

  private static Object plain(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        var map = new HashMap<String, Object>();
        object.properties().forEach(one -> map.put(one.getKey(), plain(one.getValue())));
        yield map;
      }
      case ArrayNode array -> array.valueStream().map(ProfileContacts::plain).toList();
      case JsonNode other when other.isBoolean() -> other.booleanValue();
      case JsonNode other when other.isIntegralNumber() && other.canConvertToLong() ->
          other.longValue();
      case JsonNode other when other.isNumber() -> other.decimalValue();
      case JsonNode other -> other.asString("");
    };
  }

  @Override
  public Optional<String> current(String account, String profile) {
    return identities.find(db, account, profile);
  }

  @Override
  public void hardBounced(Tx tx, String account, Map<String, String> addresses) {
    var still =
        profiles.get(tx, account, addresses.keySet()).values().stream()
            .filter(profile ->
                profile.email().filter(addresses.get(profile.id())::equalsIgnoreCase).isPresent())
            .map(Profile::id)
            .toList();
    consents.suppress(tx, account, still, Reason.HARD_BOUNCE);
  }

  @Override
  public void complained(Tx tx, String account, String profile, String via) {
    consents.suppress(tx, account, List.of(profile), Reason.SPAM_COMPLAINT);
    consents.unsubscribe(tx, account, List.of(word(profile, "SPAM_COMPLAINT", via)));
  }

  @Override
  public void unsubscribe(Tx tx, String account, String profile, String methodDetail) {
    consents.unsubscribe(tx, account, List.of(word(profile, "EMAIL_LINK", methodDetail)));
  }

  @Override
  public Choices.Standing choices(String account, String profile) {
    return choices.of(account, profile);
  }

  @Override
  public void choose(
      Tx tx, String account, String profile, Choices.Standing before, Choices.Wish wish) {
    choices.change(tx, account, profile, before, wish);
  }

  private Word word(String profile, String method, String detail) {
    var how = new How(Optional.of(method), Optional.of(detail), Optional.empty(), Optional.empty());
    return new Word(profile, Topic.EMAIL_MARKETING, clock.instant(), how, Optional.empty());
  }
}
