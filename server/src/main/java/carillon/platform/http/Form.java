package carillon.platform.http;

import carillon.jsonapi.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a browser sent from a form without files; what cannot be read is as if it were not there.
 */
public record Form(List<Field> fields) {

  /** A name with a value, both as people typed them. */
  public record Field(String name, String value) {}

  public Form {
    fields = List.copyOf(fields);
  }

  /** The form in the body of a request. */
  public static Form of(HttpRequest request) {
    return new Form(
        Arrays.stream(new String(request.body(), StandardCharsets.UTF_8).split("&"))
            .map(pair -> pair.split("=", 2))
            .map(pair -> new Field(decoded(pair[0]), pair.length == 2 ? decoded(pair[1]) : ""))
            .toList());
  }

  /** Whether a field of that name was sent, such as the button that was pressed. */
  public boolean has(String name) {
    return fields.stream().anyMatch(field -> field.name().equals(name));
  }

  /** Whether a field was sent with a value. */
  public boolean has(String name, String value) {
    return fields.contains(new Field(name, value));
  }

  /** All values of a name, such as those of the boxes that are ticked. */
  public Set<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .map(Field::value)
        .collect(Collectors.toSet());
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
