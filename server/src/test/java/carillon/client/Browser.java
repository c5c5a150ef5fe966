package carillon.client;

import carillon.testing.Answer;
import carillon.testing.Shop;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** Talks to a server as a page of a shop does: with a company id and without a key. */
final class Browser {

  private final String url;
  private final String company;
  private final String address;

  private Browser(String url, String company, String address) {
    this.url = url;
    this.company = company;
    this.address = address;
  }

  static Browser of(String url, String company) {
    return new Browser(url, company, "192.0.2.1");
  }

  /** The same, seen by a trusted proxy at another address. */
  Browser at(String other) {
    return new Browser(url, company, other);
  }

  Answer post(String path, String json) {
    return Shop.send(
        request(path)
            .header("Content-Type", "application/vnd.api+json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  Answer get(String path, String... headers) {
    var request = request(path);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return Shop.send(request.build());
  }

  private HttpRequest.Builder request(String path) {
    var address =
        URI.create(url + path + (path.contains("?") ? "&" : "?") + "company_id=" + company);
    return HttpRequest.newBuilder(address)
        .header("revision", "2026-04-15")
        .header("X-Forwarded-For", this.address);
  }

  /** Records an event of whom the attributes of a profile name. */
  Answer track(String metric, String profile) {
    return post(
        "/client/events",
        """
        {"data": {"type": "event", "attributes": {"properties": {},
          "metric": {"data": {"type": "metric", "attributes": {"name": "%s"}}},
          "profile": {"data": {"type": "profile", "attributes": %s}}}}}
        """
            .formatted(metric, quoted(profile)));
  }

  /** Says something of whom the attributes name. */
  Answer identify(String attributes) {
    return post(
        "/client/profiles",
        "{\"data\": {\"type\": \"profile\", \"attributes\": %s}}".formatted(quoted(attributes)));
  }

  static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
