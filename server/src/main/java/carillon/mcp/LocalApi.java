package carillon.mcp;

import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes requests of this very server without a connection: they pass the same gate and the same
 * limits as any other, and are logged and counted like them.
 */
final class LocalApi implements ApiClient {

  private static final String REVISION = "2026-04-15";

  private final Function<HttpRequest, HttpResponse> server;
  private final Visit visit;
  private final List<String> requestIds;

  /** {@code requestIds} gets the id of every request made. */
  LocalApi(Function<HttpRequest, HttpResponse> server, Visit visit, List<String> requestIds) {
    this.server = server;
    this.visit = visit;
    this.requestIds = requestIds;
  }

  @Override
  public String account() {
    return visit.account();
  }

  @Override
  public ApiAnswer call(ApiCall call) {
    var headers = new TreeMap<String, String>();
    headers.put("authorization", "Klaviyo-API-Key " + visit.secret());
    headers.put("revision", REVISION);
    call.contentType().ifPresent(type -> headers.put("content-type", type));
    var response =
        server.apply(
            new HttpRequest(
                call.method().name(),
                call.path(),
                call.queryString(),
                name -> headers.get(name.toLowerCase(Locale.ROOT)),
                call.bytes()));
    requestIds.add(response.requestId());
    return ApiAnswer.of(response);
  }
}
