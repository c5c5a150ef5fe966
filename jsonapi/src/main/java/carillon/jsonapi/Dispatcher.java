package carillon.jsonapi;

import carillon.jsonapi.Operation.Effect;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers requests with operations. Checks come in this order: key, route, revision, rate limit,
 * scopes and restraint, content type, parameters and body; then the operation's handler is called.
 */
public final class Dispatcher {

  private static final String JSON_API = "application/vnd.api+json";
  private static final Set<String> JSON_TYPES = Set.of(JSON_API, "application/json");
  private static final byte[] EMPTY = {};
  private static final String ALLOWED_HEADERS =
      "content-type, revision, x-klaviyo-api-filters, x-klaviyo-user-agent";

  private final Router router;
  private final Keys keys;
  private final RateLimiter limiter;
  private final Clock clock;
  private final CursorCodec cursors;
  private final DocumentWriter writer;
  private final Supplier<String> requestIds;
  private final BiFunction<String, RuntimeException, ApiError> unexpected;
  private final Function<Supplier<Reply>, Reply> tryOut;

  /** How a request is to be answered. */
  private enum Mode {
    /** It came from outside. */
    USUAL,
    /** Whom it reaches was counted. */
    COUNTED,
    /** Nothing is to be changed. */
    TRIAL
  }

  /**
   * A dispatcher for these operations.
   *
   * @param base public address of the server, without trailing slash, for links
   * @param secret seals cursors
   * @param requestIds makes an id for each request
   * @param unexpected what to answer, and log, for a failure that is no refusal; gets request id
   * @param tryOut lets a handler work and undoes what it did
   */
  public Dispatcher(
      List<Operation> operations,
      Keys keys,
      RateLimiter limiter,
      Clock clock,
      String base,
      byte[] secret,
      Supplier<String> requestIds,
      BiFunction<String, RuntimeException, ApiError> unexpected,
      Function<Supplier<Reply>, Reply> tryOut) {
    this.router = new Router(operations);
    this.keys = keys;
    this.limiter = limiter;
    this.clock = clock;
    this.cursors = new CursorCodec(secret);
    this.writer = new DocumentWriter(base, cursors);
    this.requestIds = requestIds;
    this.unexpected = unexpected;
    this.tryOut = tryOut;
  }

  /** Answers a request. Never throws. */
  public HttpResponse handle(HttpRequest request) {
    return new Exchange(request, Mode.USUAL).answer();
  }

  /** The same for somebody who has counted whom the request reaches. */
  public HttpResponse handleCounted(HttpRequest request) {
    return new Exchange(request, Mode.COUNTED).answer();
  }

  /**
   * Answers a request without changing anything; never throws. Operations that only read are
   * carried out. Others pass every check that {@link #handle} makes, and are tried out, so that
   * what their handler refuses is refused here, too; one that fetches something is not tried. The
   * answer, 200, tells what would be done: {@code data} as it was sent, and {@code meta} with
   * {@code dry_run} (true), {@code operation}, {@code method}, {@code path} and {@code affected},
   * the number of resources named.
   */
  public HttpResponse check(HttpRequest request) {
    return new Exchange(request, Mode.TRIAL).answer();
  }

  /** Answers a request that the web server had to refuse, in the shape of the API. */
  public HttpResponse refuse(HttpRequest request, Fault fault) {
    var exchange = new Exchange(request, Mode.USUAL);
    return exchange.guarded(() -> {
      exchange.authenticate();
      throw new ApiError(List.of(fault));
    });
  }

  /**
   * Who asks, for what is no operation but wants a private key.
   *
   * @throws ApiError 401 without a valid key, 403 when it lacks one of the scopes or may not write
   */
  public Caller admit(HttpRequest request, Set<String> scopes) {
    var exchange = new Exchange(request, Mode.USUAL);
    var caller = exchange.authenticate();
    exchange.checkScopes(scopes, caller);
    var reads = request.method().equals("GET") || Operation.readOnly(scopes);
    exchange.checkRestraint(caller, reads, false);
    return caller;
  }

  /** What to answer for a failure of what is no operation, in the shape of the API. */
  public HttpResponse refused(HttpRequest request, RuntimeException failure) {
    return new Exchange(request, Mode.USUAL)
        .guarded(() -> {
          throw failure;
        });
  }

  private final class Exchange {
    private final HttpRequest request;
    private final Mode mode;
    private final String requestId = requestIds.get();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final boolean client;
    private String operationId = "";

    Exchange(HttpRequest request, Mode mode) {
      this.request = request;
      this.mode = mode;
      this.client = request.path().startsWith("/client/");
      headers.put("X-Klaviyo-Req-Id", requestId);
      headers.put("Content-Language", "en-us");
      headers.put("Vary", "Accept, Accept-Language, Cookie, Origin");
      if (client) {
        headers.put("Access-Control-Allow-Origin", "*");
        headers.put("Access-Control-Expose-Headers", "Retry-After, X-Klaviyo-Req-Id");
      }
    }

    HttpResponse answer() {
      return guarded(request.method().equals("OPTIONS") ? this::options : this::operate);
    }

    HttpResponse guarded(Supplier<HttpResponse> work) {
      try {
        return work.get();
      } catch (ApiError e) {
        return refusal(e);
      } catch (RuntimeException e) {
        return refusal(unexpected.apply(requestId, e));
      }
    }

    private HttpResponse options() {
      if (!client) {
        authenticate();
      }
      var match = router.find(request.path()).orElseThrow(this::noRoute);
      headers.put("Allow", allow(match));
      if (client) {
        headers.put("Access-Control-Allow-Methods", allow(match));
        headers.put("Access-Control-Allow-Headers", ALLOWED_HEADERS);
        headers.put("Access-Control-Max-Age", "86400");
      }
      return respond(200, EMPTY);
    }

    private HttpResponse operate() {
      var query = QueryString.parse(request.query());
      var caller = authenticate();
      var match = router.find(request.path()).orElseThrow(this::noRoute);
      headers.put("Allow", allow(match));
      var operation = operation(match);
      operationId = operation.id();
      if (!operation.isOwn()) {
        checkRevision();
      }
      limit(operation, caller, query);
      checkScopes(operation.scopes(), caller);
      checkRestraint(caller, operation.readsOnly(), operation.has(Effect.REACHES_PEOPLE));
      var asked = read(operation, match, caller, query);
      if (mode == Mode.TRIAL && !operation.readsOnly()) {
        return tryOut(operation, asked);
      }
      return write(operation, asked, query, operation.handler().apply(asked));
    }

    Caller authenticate() {
      var caller = client ? company() : privateKey();
      headers.put("Cid", caller.account());
      return caller;
    }

    private Caller privateKey() {
      return request
          .header("Authorization")
          .map(String::trim)
          .filter(value -> value.regionMatches(true, 0, "Klaviyo-API-Key ", 0, 16))
          .flatMap(value -> keys.caller(value.substring(16).trim()))
          .orElseThrow(this::notAuthenticated);
    }

    private ApiError notAuthenticated() {
      headers.put("WWW-Authenticate", "Bearer, Klaviyo-API-Key");
      return ApiError.of(Fault.Code.NOT_AUTHENTICATED, "Missing or invalid private key.");
    }

    private Caller company() {
      return QueryString.parse(request.query())
          .first("company_id")
          .filter(BodyReader::storable)
          .flatMap(keys::company)
          .orElseThrow(
              () -> ApiError.parameter("company_id", "The company_id is missing or unknown."));
    }

    private ApiError noRoute() {
      return ApiError.of(Fault.Code.NOT_FOUND, "No endpoint has the path " + request.path() + ".");
    }

    private Operation operation(Router.Match match) {
      var method = request.method().equals("HEAD") ? "GET" : request.method();
      for (var entry : match.operations().entrySet()) {
        if (entry.getKey().name().equals(method)) {
          return entry.getValue();
        }
      }
      throw ApiError.of(
          Fault.Code.METHOD_NOT_ALLOWED, "Method \"" + request.method() + "\" not allowed.");
    }

    private void checkRevision() {
      var optsOut =
          request.header("X-Klaviyo-Revision-Fall-Forward-Opt-Out").filter("1"::equals).isPresent();
      Revision.refusal(request.header("revision"), optsOut, clock)
          .ifPresent(fault -> {
            throw new ApiError(List.of(fault));
          });
      headers.put("X-Klaviyo-Api-Revision", Revision.SERVED);
    }

    private void limit(Operation operation, Caller caller, QueryString query) {
      var lower =
          operation.lowered().entrySet().stream()
              .filter(entry -> asks(query, entry.getKey()))
              .min(Comparator.comparing(entry -> entry.getValue().steady()));
      var bucket = lower.map(Map.Entry::getKey).orElse(operation.id());
      var rate = lower.map(Map.Entry::getValue).orElse(operation.limit());
      var verdict =
          client
              ? limiter.take(caller.account(), request.remoteAddress(), bucket, rate)
              : limiter.take(caller.account(), bucket, rate);
      headers.putAll(verdict.headers());
      if (verdict.retryAfter() > 0) {
        var wait = verdict.retryAfter();
        throw new ApiError(
            List.of(
                new Fault(
                    Fault.Code.THROTTLED,
                    "Request was throttled. Expected available in %d second%s."
                        .formatted(wait, wait == 1 ? "" : "s"),
                    new Source.Pointer("/data"),
                    Map.of())));
      }
    }

    private boolean asks(QueryString query, String word) {
      return query.parameters().stream()
          .filter(
              one -> one.name().equals("include") || one.name().startsWith("additional-fields["))
          .anyMatch(one -> List.of(one.value().split(",")).contains(word));
    }

    private void checkScopes(Set<String> scopes, Caller caller) {
      var missing =
          scopes.stream()
              .filter(scope -> !client && !caller.may(scope))
              .collect(Collectors.joining(", "));
      if (!missing.isEmpty()) {
        throw ApiError.of(
            Fault.Code.PERMISSION_DENIED, "Your API key is missing required scopes: " + missing);
      }
    }

    private void checkRestraint(Caller caller, boolean reads, boolean sends) {
      switch (caller.restraint()) {
        case NONE -> {}
        case UNCOUNTED_SENDS -> {
          if (sends && mode == Mode.USUAL) {
            throw ApiError.of(
                Fault.Code.PERMISSION_DENIED,
                "How many people this key may reach a day is limited, and only the tools for agents"
                    + " count them.");
          }
        }
        case WRITES -> {
          if (!reads && mode != Mode.TRIAL) {
            throw ApiError.of(Fault.Code.PERMISSION_DENIED, "This key may only read.");
          }
        }
      }
    }

    private HttpResponse tryOut(Operation operation, Request asked) {
      if (!operation.has(Effect.FETCHES)) {
        tryOut.apply(() -> operation.handler().apply(asked));
      }
      headers.put("Content-Type", JSON_API);
      return respond(200, DryRun.document(operation, asked));
    }

    private Request read(
        Operation operation, Router.Match match, Caller caller, QueryString query) {
      if (operation.body().isPresent()) {
        checkContentType(operation);
      }
      match.variables().values().stream()
          .filter(value -> !BodyReader.storable(value))
          .findFirst()
          .ifPresent(_ -> {
            throw noRoute();
          });
      var faults = new ArrayList<Fault>();
      var inBody = new ArrayList<Fault>();
      var document =
          operation.body().isPresent() && !operation.multipart()
              ? body(operation, match, inBody)
              : Json.object();
      var cursor =
          operation.paging() instanceof Paging.InBody
              ? document.at(Paging.InBody.CURSOR).asString("")
              : "";
      var select = QueryReader.read(operation, query, cursor, cursors, caller.account(), faults);
      faults.addAll(inBody);
      if (!faults.isEmpty()) {
        throw new ApiError(faults);
      }
      return new Request(caller, Map.copyOf(match.variables()), select, document, request);
    }

    private void checkContentType(Operation operation) {
      var type =
          request
              .header("Content-Type")
              .map(value -> value.split(";", 2)[0].trim().toLowerCase(Locale.ROOT))
              .orElse("");
      var good =
          operation.multipart() ? type.equals("multipart/form-data") : JSON_TYPES.contains(type);
      if (!good) {
        throw ApiError.of(
            Fault.Code.UNSUPPORTED_MEDIA_TYPE,
            "Unsupported media type \"" + type + "\" in request.");
      }
    }

    private ObjectNode body(Operation operation, Router.Match match, List<Fault> faults) {
      try {
        if (!(Json.MAPPER.readTree(request.body()) instanceof ObjectNode body)) {
          faults.add(Fault.of(Fault.Code.INVALID, "The request body must be a JSON object."));
          return Json.object();
        }
        faults.addAll(BodyReader.faults(body, operation.body().orElseThrow()));
        if (faults.isEmpty()) {
          checkId(operation, match, body, faults);
        }
        return body;
      } catch (JacksonException e) {
        var place = e.getLocation();
        faults.add(
            Fault.of(
                Fault.Code.INVALID,
                "There was an error parsing the request body as JSON at line %d, column %d."
                    .formatted(
                        place == null ? 1 : place.getLineNr(),
                        place == null ? 1 : place.getColumnNr())));
        return Json.object();
      }
    }

    private void checkId(
        Operation operation, Router.Match match, ObjectNode body, List<Fault> faults) {
      if (operation.method() == Http.PATCH && operation.path().endsWith("{id}")) {
        var id = new Values(body).in("data").find(Body.ID);
        if (id.isPresent() && !id.get().equals(match.variables().get("id"))) {
          faults.add(Fault.at("/data/id", "The id in the body does not match the id in the URL."));
        }
      }
    }

    private HttpResponse write(Operation operation, Request asked, QueryString query, Reply reply) {
      if (reply instanceof Reply.Nothing) {
        return respond(operation.shape().status(), EMPTY);
      }
      headers.put("Content-Type", JSON_API);
      var status = reply instanceof Reply.Existing ? 200 : operation.shape().status();
      return respond(status, writer.write(operation, asked, query, reply));
    }

    private HttpResponse refusal(ApiError e) {
      headers.put("Content-Type", JSON_API);
      return respond(e.status(), ErrorWriter.write(e.faults(), requestId, requestIds::get));
    }

    private HttpResponse respond(int status, byte[] body) {
      return new HttpResponse(status, headers, body, operationId, requestId);
    }
  }

  private static String allow(Router.Match match) {
    var methods = new ArrayList<String>();
    match.operations().keySet().forEach(method -> methods.add(method.name()));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    methods.add("OPTIONS");
    return String.join(", ", methods);
  }

  /** The methods a path answers, for callers outside the dispatcher; empty for unknown paths. */
  public Optional<String> allowed(String path) {
    return router.find(path).map(Dispatcher::allow);
  }
}
