package carillon.mcp;

import carillon.accounts.ApiKeys;
import carillon.jsonapi.HttpRequest;
import java.util.Optional;

/** Knows the keys, and which tools a path and a key lead to. */
final class Doorman {

  private final ApiKeys keys;
  private final Toolbox toolbox;

  Doorman(ApiKeys keys, Toolbox toolbox) {
    this.keys = keys;
    this.toolbox = toolbox;
  }

  /** The private key a request brings, whether or not it is one of ours. */
  Optional<String> key(HttpRequest request) {
    return request
        .header("Authorization")
        .map(String::strip)
        .flatMap(value -> after("Bearer ", value).or(() -> after("Klaviyo-API-Key ", value)))
        .filter(secret -> keys.agent(secret).isPresent());
  }

  private static Optional<String> after(String scheme, String value) {
    return value.regionMatches(true, 0, scheme, 0, scheme.length())
        ? Optional.of(value.substring(scheme.length()).strip())
        : Optional.empty();
  }

  /** A visit with a private key to the tools of a path; empty when there are none. */
  Optional<Visit> visit(String secret, String path) {
    return keys.agent(secret)
        .flatMap(key ->
            Selection.of(path, toolbox.groups())
                .map(selection -> new Visit(secret, key, new Offer(toolbox, selection, key))));
  }
}
