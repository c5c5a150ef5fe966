package carillon.mcp;

import carillon.jsonapi.Json;
import java.util.List;
import java.util.Optional;

/**
 * A job about people who are named by their addresses alone.
 *
 * @param consent what is said of each person's marketing mail, if the job is about that
 */
record ByEmail(Requests requests, Optional<String> consent) implements Script {

  private static final String EMAILS = "emails";
  private static final String PROFILES = "data__attributes__profiles__data";
  private static final int MOST = 100;

  @Override
  public Result run(Arguments arguments, ApiClient api) {
    var emails = arguments.texts(EMAILS);
    if (emails.isEmpty() || emails.size() > MOST) {
      throw new Complaint(EMAILS, "Name 1 to " + MOST + " addresses.").raise();
    }
    var profiles = Json.MAPPER.createArrayNode();
    for (var email : emails) {
      var attributes = profiles.addObject().put("type", "profile").putObject("attributes");
      attributes.put("email", email);
      consent.ifPresent(
          word -> attributes.withObject("/subscriptions/email/marketing").put("consent", word));
    }
    var call = requests.call(arguments.with(PROFILES, profiles), api.account());
    return Answers.of(api.call(call), _ -> Optional.of(EMAILS), List.of());
  }
}
