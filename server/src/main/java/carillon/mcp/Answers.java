package carillon.mcp;

import carillon.jsonapi.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes results of what the API answered: documents as they are, refusals in words to act on. */
final class Answers {

  /** Taken, and done a little later. */
  private static final int ACCEPTED = 202;

  /** Finds the argument that stands behind a place in the request, if one does. */
  interface Origin extends Function<Place, Optional<String>> {}

  /** A place in a request that the API found fault with. */
  sealed interface Place {
    record Pointer(String path) implements Place {}

    record Query(String parameter) implements Place {}
  }

  /** What the API answered, with remarks of the tool. */
  static Result of(ApiAnswer answer, Origin origin, List<String> notes) {
    if (answer.isRefusal()) {
      return refusal(answer, origin);
    }
    return success(answer.document().isEmpty() ? empty(answer) : answer.document(), notes);
  }

  private static ObjectNode empty(ApiAnswer answer) {
    var document = Json.object();
    document.putObject("meta").put(answer.status() == ACCEPTED ? "accepted" : "done", true);
    return document;
  }

  /** A document of the API or one that a script made in its shape. */
  static Result success(ObjectNode document, List<String> notes) {
    var told = document.deepCopy();
    notes.forEach(note -> told.withObject("/meta").withArrayProperty("notes").add(note));
    var text = Outside.fenced(told);
    Outside.notice(told).ifPresent(notice -> told.withObject("/meta").put("outside_text", notice));
    return new Result(told, text, false);
  }

  /** Arguments that cannot be used. */
  static Result complaints(List<Complaint> complaints) {
    var document = Json.object();
    var errors = document.putArray("errors");
    var lines = new ArrayList<String>();
    for (var complaint : complaints) {
      errors
          .addObject()
          .put("code", "invalid_argument")
          .put("argument", complaint.argument())
          .put("detail", complaint.detail());
      lines.add("- argument " + complaint.argument() + ": " + complaint.detail());
    }
    return new Result(
        document, "Nothing was done; the arguments are wrong.\n" + String.join("\n", lines), true);
  }

  private static Result refusal(ApiAnswer answer, Origin origin) {
    var document = Json.object();
    var errors = document.putArray("errors");
    var lines = new ArrayList<String>();
    answer
        .document()
        .path("errors")
        .forEach(error -> {
          var told = error(error, origin);
          errors.add(told);
          lines.add(line(told));
        });
    var text = new StringBuilder("The API refused this with ").append(answer.status()).append(".");
    lines.forEach(line -> text.append("\n- ").append(line));
    var wait = retryAfter(answer);
    wait.ifPresent(seconds -> {
      document.putObject("meta").put("retry_after_seconds", seconds);
      text.append("\nTry again in ").append(seconds).append(" s.");
    });
    if (answer.status() >= 500) {
      text.append("\nThe request is not at fault; its id is ").append(answer.requestId());
    }
    return new Result(document, text.toString(), true);
  }

  private static ObjectNode error(JsonNode error, Origin origin) {
    var told = Json.object();
    for (var member : List.of("status", "code", "title", "detail", "source", "meta")) {
      if (error.has(member) && !(error.get(member).isObject() && error.get(member).isEmpty())) {
        told.set(member, error.get(member));
      }
    }
    place(error.path("source"))
        .flatMap(origin)
        .ifPresent(argument -> told.put("argument", argument));
    return told;
  }

  private static Optional<Place> place(JsonNode source) {
    if (source.has("parameter")) {
      return Optional.of(new Place.Query(source.get("parameter").asString()));
    }
    return source.has("pointer")
        ? Optional.of(new Place.Pointer(source.get("pointer").asString()))
        : Optional.empty();
  }

  private static String line(ObjectNode told) {
    var line = new StringBuilder(told.path("code").asString());
    if (told.has("argument")) {
      line.append(", argument ").append(told.get("argument").asString());
    } else if (told.path("source").has("pointer")) {
      line.append(", at ").append(told.get("source").get("pointer").asString());
    } else if (told.path("source").has("parameter")) {
      line.append(", parameter ").append(told.get("source").get("parameter").asString());
    }
    line.append(": ").append(told.path("detail").asString());
    if (told.has("meta")) {
      line.append(' ').append(told.get("meta"));
    }
    return line.toString();
  }

  private static Optional<Integer> retryAfter(ApiAnswer answer) {
    return Optional.ofNullable(answer.headers().get("Retry-After"))
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::valueOf);
  }

  private Answers() {}
}
