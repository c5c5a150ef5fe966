package carillon.platform.http;

import carillon.jsonapi.Caller;
import carillon.jsonapi.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Routes whose body or answer is too large to be held in memory; all want a private key. */
public final class Streams {

  private final List<Route> routes = new ArrayList<>();

  /**
   * A request that is answered while it is read.
   *
   * @param caller who asks, with all scopes of the route
   * @param head the request without its body
   * @param id what stands in the path for {@code {id}}, decoded; empty when nothing does
   * @param body as it comes in, decompressed
   */
  public record Asked(Caller caller, HttpRequest head, String id, InputStream body) {}

  /** Answers, or throws what the API refuses with, as long as it has not begun to answer. */
  @FunctionalInterface
  public interface Handler {
    void answer(Asked asked, StreamedAnswer answer) throws IOException;
  }

  /**
   * A route.
   *
   * @param path may have one segment {@code {id}}
   * @param name stands for it in metrics
   * @param scopes a key must hold all of them
   */
  public record Route(
      String method, String path, String name, Set<String> scopes, Handler handler) {

    /** What stands for {@code {id}} in a path; empty when the path is not of this route. */
    Optional<String> id(String rawPath) {
      var ours = path.split("/");
      var theirs = rawPath.split("/");
      var id = "";
      if (ours.length != theirs.length) {
        return Optional.empty();
      }
      for (int i = 0; i < ours.length; i++) {
        if (ours[i].equals("{id}")) {
          id = decoded(theirs[i]);
        } else if (!ours[i].equals(theirs[i])) {
          return Optional.empty();
        }
      }
      return Optional.of(id);
    }

    private static String decoded(String segment) {
      try {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException _) {
        return segment;
      }
    }
  }

  /** A route and what stands in the path for its variable. */
  public record Match(Route route, String id) {}

  /** Adds a route. */
  public Streams add(String method, String path, String name, Set<String> scopes, Handler handler) {
    routes.add(new Route(method, path, name, scopes, handler));
    return this;
  }

  /** The route a method and a path lead to. */
  public Optional<Match> find(String method, String path) {
    return routes.stream()
        .filter(route -> route.method().equals(method))
        .flatMap(route -> route.id(path).map(id -> new Match(route, id)).stream())
        .findFirst();
  }
}
