package carillon.catalogs;

import static carillon.jsonapi.RateLimit.XL;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Body;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Field;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Values;
import carillon.platform.db.Database;
import carillon.platform.db.Database.Repeat;
import carillon.platform.db.Tx;
import carillon.profiles.Identities;
import carillon.profiles.ProfileFields;
import carillon.profiles.ProfilePart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The operations by which people ask to hear when something is in stock again. */
final class BackInStockApi {

  private static final String PROFILE = "/data/attributes/profile/data";

  private static final ResourceType<String> TYPE =
      ResourceType.of(
          "back-in-stock-subscription", "back-in-stock-subscriptions", id -> id, List.of());

  private static final Field<List<String>> CHANNELS =
      Schema.items(Schema.choice("EMAIL", "PUSH", "SMS", "WHATSAPP"))
          .size(1, 4)
          .as("channels")
          .required();

  private final Database db;
  private final Identities identities;
  private final BackInStock waiting;

  BackInStockApi(Database db, Identities identities, BackInStock waiting) {
    this.db = db;
    this.identities = identities;
    this.waiting = waiting;
  }

  Stream<Operation> operations() {
    return Stream.of(
        declared(
                TYPE.accept(
                    "create_back_in_stock_subscription",
                    "/api/back-in-stock-subscriptions",
                    "Note that somebody wants to hear when a variant is in stock again"))
            .group("Catalogs")
            .body(body(profile().nullable()))
            .to(this::subscribe),
        declared(
                TYPE.accept(
                    "create_client_back_in_stock_subscription",
                    "/client/back-in-stock-subscriptions",
                    "Ask to hear when a variant is in stock again"))
            .group("Client")
            .body(body(profile().required()))
            .to(this::claim));
  }

  private static OperationBuilder declared(OperationBuilder operation) {
    return operation.scopes("catalogs:write", "profiles:write").limit(XL);
  }

  private static Body body(Field<?> profile) {
    return Body.of("back-in-stock-subscription")
        .attributes(CHANNELS, profile)
        .requiredRelationships(Body.one("variant", "catalog-variant").required());
  }

  private static Field<?> profile() {
    return Body.nested(
        "profile",
        Body.of("profile")
            .optionalId()
            .attributes(ProfileFields.EMAIL, ProfileFields.PHONE_NUMBER, ProfileFields.EXTERNAL_ID)
            .resource());
  }

  private Reply subscribe(Request request) {
    var part = part(request);
    db.transact(
        Repeat.SAFE,
        tx -> {
          var variant = variant(tx, request);
          var profile =
              identities.resolve(tx, request.account(), List.of(part)).getFirst().profileId();
          waiting.subscribe(
              tx,
              request.account(),
              profile.orElseThrow(() -> ApiError.missing("A", "profile", part.id().orElseThrow())),
              variant,
              request.get(CHANNELS));
        });
    return Reply.nothing();
  }

  /** Whoever is named by nothing but an id nobody has is passed over without a word. */
  private Reply claim(Request request) {
    var part = part(request).asClaim();
    db.transact(
        Repeat.SAFE,
        tx -> {
          var variant = variant(tx, request);
          claimant(tx, request.account(), part)
              .ifPresent(profile ->
                  waiting.subscribe(
                      tx, request.account(), profile, variant, request.get(CHANNELS)));
        });
    return Reply.nothing();
  }

  private Optional<String> claimant(Tx tx, String account, ProfilePart part) {
    return part.isReferenceOnly()
        ? identities.owner(tx, account, part)
        : identities.resolve(tx, account, List.of(part)).getFirst().profileId();
  }

  private static CatalogVariant variant(Tx tx, Request request) {
    return BackInStock.variant(tx, request.account(), request.related("variant").orElseThrow());
  }

  private static ProfilePart part(Request request) {
    var profile = request.attributes().in("profile").in("data");
    var faults = new ArrayList<Fault>();
    ProfilePart.fault(profile, PROFILE).ifPresent(faults::add);
    var part = ProfilePart.read(profile);
    if (faults.isEmpty()) {
      request.get(CHANNELS).stream()
          .distinct()
          .flatMap(channel -> unreachable(channel, part, profile).stream())
          .forEach(faults::add);
    }
    if (request.related("variant").isEmpty()) {
      faults.add(Fault.at("/data/relationships/variant/data", "A variant is required."));
    }
    if (!faults.isEmpty()) {
      throw new ApiError(faults);
    }
    return part;
  }

  /** Whether the profile has an address is not asked: to tell would tell who is there. */
  private static Optional<Fault> unreachable(String channel, ProfilePart part, Values profile) {
    var needed =
        switch (channel) {
          case "EMAIL" -> Optional.of(ProfileFields.EMAIL);
          case "SMS", "WHATSAPP" -> Optional.of(ProfileFields.PHONE_NUMBER);
          default -> Optional.<Field<String>>empty();
        };
    return needed
        .filter(field ->
            part.id().isEmpty()
                && part.externalId().isEmpty()
                && profile.in("attributes").find(field).isEmpty())
        .map(field ->
            Fault.at(
                PROFILE + "/attributes/" + field.name(),
                "The channel %s needs '%s', 'id' or 'external_id'."
                    .formatted(channel, field.name())));
  }
}
