package carillon.mcp;

import carillon.jsonapi.Http;
import carillon.jsonapi.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts profiles on a list or takes them off, by id or by email. It changes who is a member and
 * nobody's consent. Addresses that belong to nobody are told; the others are done.
 */
record Membership(Requests requests) implements Script {

  private static final int MOST = 1000;
  private static final int AT_ONCE = 100;

  @Override
  public Result run(Arguments arguments, ApiClient api) {
    var ids = arguments.texts("profile_ids");
    var emails = arguments.texts("emails");
    if (ids.isEmpty() == emails.isEmpty()) {
      throw new Complaint("profile_ids", "Give either profile_ids or emails, and not both.")
          .raise();
    }
    if (ids.size() + emails.size() > MOST) {
      var name = ids.isEmpty() ? "emails" : "profile_ids";
      throw new Complaint(name, "No more than " + MOST + " can be named at once.").raise();
    }
    return emails.isEmpty()
        ? change(ids, List.of(), arguments, api)
        : byEmail(emails, arguments, api);
  }

  private Result byEmail(List<String> emails, Arguments arguments, ApiClient api) {
    var found = new LinkedHashMap<String, String>();
    for (int i = 0; i < emails.size(); i += AT_ONCE) {
      var answer = api.call(search(emails.subList(i, Math.min(i + AT_ONCE, emails.size()))));
      if (answer.isRefusal()) {
        return Answers.of(answer, _ -> Optional.of("emails"), List.of());
      }
      note(answer.document(), found);
    }
    var unknown = emails.stream().filter(email -> !found.containsKey(lower(email))).toList();
    if (found.isEmpty()) {
      throw new Complaint("emails", "No profile has one of these addresses.").raise();
    }
    return change(List.copyOf(found.values()), unknown, arguments, api);
  }

  private static ApiCall search(List<String> emails) {
    var list = Json.MAPPER.valueToTree(emails).toString();
    return new ApiCall(
        "get_profiles",
        Http.GET,
        "/api/profiles",
        Map.of(
            "filter",
            "any(email," + list + ")",
            "fields[profile]",
            "email",
            "page[size]",
            Integer.toString(AT_ONCE)),
        new ApiCall.Content.None());
  }

  private static void note(ObjectNode document, Map<String, String> found) {
    for (var profile : document.path("data")) {
      var email = profile.path("attributes").path("email").asString("");
      found.put(lower(email), profile.path("id").asString());
    }
  }

  private static String lower(String email) {
    return email.trim().toLowerCase(Locale.ROOT);
  }

  private Result change(
      List<String> ids, List<String> unknown, Arguments arguments, ApiClient api) {
    var notes = new ArrayList<String>();
    if (!unknown.isEmpty()) {
      notes.add("No profile has these addresses: " + String.join(", ", unknown));
    }
    notes.add(ids.size() + (ids.size() == 1 ? " profile was named" : " profiles were named"));
    return requests.run(arguments.with("data", Json.MAPPER.valueToTree(ids)), api, notes);
  }
}
