package carillon.mcp;

import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.platform.http.Pages;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The protocol over HTTP: one message in each POST, one JSON document in each answer. */
final class Endpoint {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Protocol protocol;
  private final Doorman doorman;
  private final String origin;

  /** {@code url} is the public address of the server. */
  Endpoint(Protocol protocol, Doorman doorman, String url) {
    this.protocol = protocol;
    this.doorman = doorman;
    var address = URI.create(url.toLowerCase(Locale.ROOT));
    this.origin = address.getScheme() + "://" + address.getAuthority();
  }

  HttpResponse answer(HttpRequest request) {
    if (!request.header("Origin").map(this::mayAsk).orElse(true)) {
      return refusal(403, "Pages of this origin may not ask.");
    }
    if (!request.method().equals("POST")) {
      return Pages.with(refusal(405, "Only POST is answered."), "Allow", "POST");
    }
    var key = doorman.key(request);
    if (key.isEmpty()) {
      return Pages.with(
          refusal(401, "A private key is needed: 'Authorization: Bearer pk_…'."),
          "WWW-Authenticate",
          "Bearer");
    }
    if (!isJson(request)) {
      return refusal(415, "The Content-Type must be application/json.");
    }
    return doorman
        .visit(key.get(), request.path())
        .map(visit -> answer(request, visit))
        .orElseGet(() -> refusal(404, "There is no such set of tools."));
  }

  private HttpResponse answer(HttpRequest request, Visit visit) {
    try {
      var message = Message.read(request.body());
      var header = request.header(Headers.REVISION).map(String::strip);
      if (Protocol.isCurrent(message, header)) {
        return written(protocol.current(message, () -> Headers.check(request, message), visit));
      }
      var unknown = header.filter(revision -> !Revisions.ALL.contains(revision));
      return unknown.isPresent()
          ? json(400, unsupported(unknown.get()))
          : written(protocol.earlier(message, visit));
    } catch (Message.Unreadable fault) {
      return json(400, Protocol.unreadable(fault));
    }
  }

  private static ObjectNode unsupported(String revision) {
    var refusal = Protocol.refusal(RpcError.Kind.UNSUPPORTED_VERSION, "");
    refusal.set("error", RpcError.unsupported(revision, Revisions.ALL).json());
    return refusal;
  }

  private static boolean isJson(HttpRequest request) {
    return request
        .header("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter("application/json"::equals)
        .isPresent();
  }

  /** Pages of this server and of this machine; the name a hostile page has rebound is neither. */
  private boolean mayAsk(String asking) {
    var plain = asking.strip().toLowerCase(Locale.ROOT);
    return plain.equals(origin) || LOOPBACK.contains(host(plain));
  }

  private static String host(String asking) {
    var host = asking.replaceFirst("^https?://", "");
    return host.equals(asking) ? "" : host.replaceFirst(":\\d{1,5}$", "");
  }

  private static HttpResponse written(Protocol.Answer answer) {
    return answer
        .body()
        .map(body -> json(answer.status(), body))
        .orElseGet(() -> Pages.of(answer.status(), "application/json", new byte[0]));
  }

  private static HttpResponse refusal(int status, String message) {
    return json(status, Protocol.refusal(RpcError.Kind.INVALID_REQUEST, message));
  }

  private static HttpResponse json(int status, ObjectNode body) {
    return Pages.with(
        Pages.of(status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8)),
        "Cache-Control",
        "no-store");
  }
}
