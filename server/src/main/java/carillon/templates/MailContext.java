package carillon.templates;

import carillon.accounts.Account;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gathers the values a template is rendered with, under the names authors know. */
public final class MailContext {

  private static final List<String> AT_ROOT =
      List.of("email", "phone_number", "external_id", "first_name", "last_name", "title", "image");

  private final Map<String, Object> values = new LinkedHashMap<>();

  private MailContext(Account account) {
    values.put("organization", organization(account));
  }

  /** The values that hold for every mail of an account. */
  public static MailContext of(Account account) {
    return new MailContext(account);
  }

  /** As {@link #of}, with links that lead nowhere because there is no recipient. */
  public static MailContext preview(Account account) {
    return of(account).links("#", "#", "#");
  }

  /**
   * Who the mail goes to.
   *
   * @param profile the attributes of a profile as the API tells them; nulls count as missing
   */
  public MailContext person(String id, ObjectNode profile) {
    var person = new LinkedHashMap<String, Object>();
    profile
        .path("properties")
        .properties()
        .forEach(one -> person.put(one.getKey(), value(one.getValue())));
    profile
        .properties()
        .forEach(one -> {
          if (!one.getKey().equals("properties") && !one.getValue().isNull()) {
            person.put(one.getKey(), value(one.getValue()));
          }
        });
    person.put("id", id);
    for (var name : AT_ROOT) {
      if (profile.hasNonNull(name)) {
        values.put(name, value(profile.get(name)));
      }
    }
    values.put("person", person);
    return this;
  }

  /** The event that led to the mail; what it calls {@code $extra} is also {@code event.extra}. */
  public MailContext event(ObjectNode properties) {
    var event = map(properties);
    if (event.containsKey("$extra")) {
      event.putIfAbsent("extra", event.get("$extra"));
    }
    values.put("event", event);
    return this;
  }

  /** The message, for tags such as {@code message_name}. */
  public MailContext message(String id, String name, String subject) {
    values.put("message", Map.of("id", id, "name", name, "subject", subject));
    return this;
  }

  /** The campaign, for tags such as {@code campaign_name}. */
  public MailContext campaign(String id, String name) {
    values.put("campaign", Map.of("id", id, "name", name));
    return this;
  }

  /** Where {@code unsubscribe}, {@code manage_preferences} and {@code web_view} lead. */
  public MailContext links(String unsubscribe, String managePreferences, String webView) {
    values.put(
        "links",
        Map.of(
            "unsubscribe", unsubscribe,
            "manage_preferences", managePreferences,
            "web_view", webView));
    return this;
  }

  /** Further values at the root; they win over what is there. */
  public MailContext add(ObjectNode more) {
    values.putAll(map(more));
    return this;
  }

  /** What was gathered so far. */
  public Map<String, Object> values() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  private static Map<String, Object> organization(Account account) {
    var address = account.address();
    var organization = new LinkedHashMap<String, Object>();
    organization.put("name", account.name());
    organization.put("url", account.sender().website());
    organization.put("street_address", address.address1());
    organization.put("street_address2", address.address2());
    organization.put("city", address.city());
    organization.put("region", address.region());
    organization.put("zip", address.zip());
    organization.put("zip_code", address.zip());
    organization.put("country", address.country());
    organization.put("full_address", fullAddress(address));
    return organization;
  }

  private static String fullAddress(Account.Address address) {
    var place =
        Stream.of(address.region(), address.zip())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    return Stream.of(
            address.address1(), address.address2(), address.city(), place, address.country())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static Map<String, Object> map(JsonNode object) {
    var map = new LinkedHashMap<String, Object>();
    object.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
    return map;
  }

  /** JSON as values of the template language. */
  private static Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> map(node);
      case ARRAY -> {
        var list = new ArrayList<>(node.size());
        node.forEach(item -> list.add(value(item)));
        yield list;
      }
      case STRING -> node.stringValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(node);
      case NULL, MISSING, BINARY, POJO -> null;
    };
  }

  private static Object number(JsonNode node) {
    if (!node.isIntegralNumber()) {
      return node.doubleValue();
    }
    return node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue();
  }
}
