package carillon.mcp;

import carillon.jsonapi.HttpResponse;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Makes a tool's calls over HTTP, with the key of a test's shop, and remembers them. */
record ShopApi(Shop shop, List<ApiCall> calls) implements ApiClient {

  static ShopApi of(Shop shop) {
    return new ShopApi(shop, new ArrayList<>());
  }

  @Override
  public String account() {
    return shop.account();
  }

  @Override
  public ApiAnswer call(ApiCall call) {
    calls.add(call);
    var query = call.query().isEmpty() ? "" : "?" + call.queryString();
    var request =
        HttpRequest.newBuilder(URI.create(TestServer.shared().url() + call.path() + query))
            .header("Authorization", "Klaviyo-API-Key " + shop.key())
            .header("revision", "2026-04-15")
            .method(call.method().name(), HttpRequest.BodyPublishers.ofByteArray(call.bytes()));
    call.contentType().ifPresent(type -> request.header("Content-Type", type));
    var answer = Shop.send(request.build());
    var headers = new LinkedHashMap<String, String>();
    answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    return ApiAnswer.of(
        new HttpResponse(answer.status(), headers, answer.body().getBytes(), "", ""));
  }
}
