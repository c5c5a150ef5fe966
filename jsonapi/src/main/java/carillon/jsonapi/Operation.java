package carillon.jsonapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One thing the API can do, declared once: the route, the gate, the parameters, the body, the
 * answer and the handler. Nothing is scanned or reflected upon.
 *
 * @param id published operation id, such as {@code get_tags}
 * @param aliases further published names
 * @param path with {@code {id}} or another word in braces for its variable
 * @param summary one line in our words
 * @param group the published tag, such as {@code Tags}
 * @param scopes a key must hold all of them; empty on {@code /client}
 * @param type of the resources answered
 * @param defaultSort when {@code sort} is absent
 * @param filterRequired whether a filter must be given, and on which field; empty when not
 * @param sparse types whose fields can be narrowed
 * @param lowered lower limits brought by {@code include=x} or {@code additional-fields[t]=x}, by x
 * @param parameters further ones that only this operation has
 * @param body shape of the body; empty when there is none
 * @param multipart whether the body is multipart/form-data, left to the handler
 * @param effects what it may bring about outside of this server
 * @param handler answers, or throws {@link ApiError}
 */
public record Operation(
    String id,
    Set<String> aliases,
    Http method,
    String path,
    String summary,
    String group,
    Set<String> scopes,
    RateLimit limit,
    ResourceType<?> type,
    List<Filterable> filters,
    List<Sortable> sorts,
    Sort defaultSort,
    Optional<String> filterRequired,
    List<String> includes,
    List<Sparse> sparse,
    List<Additional> additional,
    Map<String, RateLimit> lowered,
    Paging paging,
    List<Parameter> parameters,
    Optional<Schema.Struct> body,
    boolean multipart,
    Set<Effect> effects,
    Shape shape,
    Function<Request, Reply> handler) {

  /** A field to sort by with its direction. */
  public record Sort(Sortable by, boolean descending) {}

  /** A type whose attributes can be narrowed, with the paths that may be named. */
  public record Sparse(String type, Set<String> paths) {}

  /** What calling an operation can bring about outside of this server. */
  public enum Effect {
    /** Mail, texts or notices go to people: at once, or when they have agreed. */
    REACHES_PEOPLE,
    /** An address that the caller names is fetched before the operation answers. */
    FETCHES
  }

  /** A costly attribute that must be asked for. */
  public record Additional(String type, String attribute) {}

  /**
   * Whether calling it changes nothing. The scopes say so: a few operations are POSTs only because
   * they take a body, and ask for the right to read.
   */
  public boolean readsOnly() {
    return method == Http.GET || readOnly(scopes);
  }

  /** Whether these are rights to read and no others. */
  static boolean readOnly(Set<String> scopes) {
    return !scopes.isEmpty() && scopes.stream().allMatch(scope -> scope.endsWith(":read"));
  }

  /** Whether it may have an effect outside of this server. */
  public boolean has(Effect effect) {
    return effects.contains(effect);
  }

  /** Whether it is one of the public endpoints, which take a company id instead of a key. */
  public boolean isClient() {
    return path.startsWith("/client/");
  }

  /**
   * Whether it is one of our own, below {@code /carillon/}: it was never published, so it needs no
   * revision and is judged by no published facts.
   */
  public boolean isOwn() {
    return path.startsWith("/carillon/");
  }
}
