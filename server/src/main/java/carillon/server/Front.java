package carillon.server;

import carillon.jsonapi.Dispatcher;
import carillon.jsonapi.Fault;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.platform.http.Pages;
import carillon.platform.http.Site;
import carillon.platform.http.StreamedAnswer;
import carillon.platform.http.Streams;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What the web server serves: the API below /api, /client and /carillon, and the pages. */
final class Front implements Site {

  private static final int API_BODY = 5 * 1024 * 1024;

  /** The largest image, also when it comes as text in a data URI. */
  private static final int IMAGE_BODY = 8 * 1024 * 1024;

  private static final int PAGE_BODY = 64 * 1024;

  /** Providers tell of many mails at once. */
  private static final int HOOK_BODY = 1024 * 1024;

  /** An image in Base64, and the rest of a call. */
  private static final int AGENT_BODY = 12 * 1024 * 1024;

  private final Dispatcher dispatcher;
  private final Pages pages;
  private final Streams streams;
  private final MeterRegistry metrics;
  private final RequestLog log;

  Front(
      Dispatcher dispatcher, Pages pages, Streams streams, MeterRegistry metrics, RequestLog log) {
    this.dispatcher = dispatcher;
    this.pages = pages;
    this.streams = streams;
    this.metrics = metrics;
    this.log = log;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    return isApi(request.path())
        ? dispatcher.handle(request)
        : pages.answer(request).orElseGet(() -> Pages.text(404, "Nothing is here.\n"));
  }

  /** Answers a request that a tool makes, and measures and logs it like any other. */
  HttpResponse answerTool(HttpRequest request) {
    return fromWithin(request, dispatcher::handleCounted);
  }

  /** The same without changing anything. */
  HttpResponse checkTool(HttpRequest request) {
    return fromWithin(request, dispatcher::check);
  }

  private HttpResponse fromWithin(
      HttpRequest request, Function<HttpRequest, HttpResponse> answering) {
    var started = System.nanoTime();
    var answer =
        request.body().length > maxBody(request.path())
            ? refuse(
                request, Fault.of(Fault.Code.TOO_LARGE, "The request body is larger than allowed."))
            : answering.apply(request);
    answered(request, answer, System.nanoTime() - started);
    return answer;
  }

  @Override
  public Optional<Piecewise> piecewise(HttpRequest head) {
    return head.path().startsWith("/carillon/")
        ? streams
            .find(head.method(), head.path())
            .map(match -> (body, answer) -> stream(match, head, body, answer))
        : Optional.empty();
  }

  private HttpResponse stream(
      Streams.Match match, HttpRequest head, InputStream body, StreamedAnswer answer)
      throws IOException {
    var route = match.route();
    try {
      var caller = dispatcher.admit(head, route.scopes());
      route.handler().answer(new Streams.Asked(caller, head, match.id(), body), answer);
    } catch (RuntimeException e) {
      var refusal = dispatcher.refused(head, e);
      if (answer.begun()) {
        throw e;
      }
      answer.send(refusal);
    }
    return new HttpResponse(answer.status(), Map.of(), new byte[0], route.name(), "");
  }

  @Override
  public HttpResponse refuse(HttpRequest request, Fault fault) {
    return isApi(request.path()) ? dispatcher.refuse(request, fault) : Pages.refusal(fault);
  }

  @Override
  public int maxBody(String path) {
    if (!isApi(path)) {
      return pageBody(path);
    }
    return path.startsWith("/api/image") ? IMAGE_BODY : API_BODY;
  }

  private static int pageBody(String path) {
    if (path.startsWith("/hooks/")) {
      return HOOK_BODY;
    }
    return path.equals("/mcp") || path.startsWith("/mcp/") ? AGENT_BODY : PAGE_BODY;
  }

  @Override
  public void answered(HttpRequest request, HttpResponse response, long nanos) {
    var operation = response.operation().isEmpty() ? "none" : response.operation();
    metrics
        .timer(
            "carillon.http.requests",
            "operation",
            operation,
            "status",
            Integer.toString(response.status()))
        .record(nanos, TimeUnit.NANOSECONDS);
    log.answered(request, response, operation, nanos);
  }

  private static boolean isApi(String path) {
    return path.startsWith("/api/")
        || path.startsWith("/client/")
        || path.startsWith("/carillon/")
        || path.equals("/api");
  }
}
