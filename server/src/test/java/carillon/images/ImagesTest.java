package carillon.images;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.fetch.AddressPolicy;
import carillon.server.Carillon;
import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestServer;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ImagesTest {

  private static final String CANNOT = "Unable to fetch the URL you entered.";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final byte[] PNG = image("png");

  private static HttpServer origin;
  private static Carillon reaching;

  private final Shop shop = TestServer.shop(reaching);

  @BeforeAll
  static void startWhereImagesAre() throws IOException {
    origin = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    serve("/shop/Big%20logo.png", 200, PNG);
    serve("/gone.png", 404, PNG);
    serve("/page.png", 200, "<html>".getBytes(StandardCharsets.UTF_8));
    serve("/huge.png", 200, new byte[Images.MOST_BYTES + 1]);
    origin.start();
    reaching = TestServer.start(Map.of(), new TestClock(), AddressPolicy.withPrivateNetworks());
  }

  @AfterAll
  static void stop() {
    origin.stop(0);
    reaching.close();
  }

  private static void serve(String path, int status, byte[] body) {
    origin.createContext(
        URI.create(path).getPath(),
        exchange -> {
          exchange.sendResponseHeaders(status, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
  }

  @Test
  void anImageIsImportedFromAnAddressAndServed() throws Exception {
    var answer = imported(at("/shop/Big%20logo.png"), "").expect(201);

    assertThat(answer.text("/data/attributes/name")).isEqualTo("Big logo.png");
    assertThat(answer.text("/data/attributes/format")).isEqualTo("png");
    assertThat(answer.at("/data/attributes/size").intValue()).isEqualTo(PNG.length);
    assertThat(answer.at("/data/attributes/hidden").booleanValue()).isFalse();
    assertThat(answer.id()).matches("[0-9]+");
    assertThat(shop.get("/api/images/" + answer.id()).expect(200).at("/data"))
        .isEqualTo(answer.at("/data"));
    var served = served(answer.text("/data/attributes/image_url"), "GET");
    assertThat(served.statusCode()).isEqualTo(200);
    assertThat(served.body()).isEqualTo(PNG);
    assertThat(header(served, "content-type")).isEqualTo("image/png");
    assertThat(header(served, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(header(served, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(served, "content-security-policy")).contains("sandbox");
  }

  @Test
  void aReaderWhoHasTheImageIsToldSo() throws Exception {
    var url = imported(dataUri("gif"), "").text("/data/attributes/image_url");
    var tag = header(served(url, "GET"), "etag");

    var again = served(url, "GET", "If-None-Match", "\"x\", W/" + tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "etag")).isEqualTo(tag);
    assertThat(served(url, "GET", "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    assertThat(served(url, "HEAD").body()).isEmpty();
    assertThat(served(url, "DELETE").statusCode()).isEqualTo(405);
    assertThat(served(reaching.url() + "/images/../secret", "GET").statusCode()).isNotEqualTo(200);
    assertThat(
            served(reaching.url() + "/images/00000000-0000-4000-8000-000000000000.png", "GET")
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void dataUrisAreImported() {
    var answer = imported(dataUri("jpg"), ", \"name\": \"photo\", \"hidden\": true").expect(201);
    assertThat(answer.text("/data/attributes/format")).isEqualTo("jpeg");
    assertThat(answer.text("/data/attributes/name")).isEqualTo("photo");
    assertThat(answer.at("/data/attributes/hidden").booleanValue()).isTrue();
  }

  @TestFactory
  Stream<DynamicTest> whatCannotBeFetchedIsTold() {
    return Stream.of(
            at("/gone.png"),
            at("/page.png"),
            at("/huge.png"),
            at("/"),
            "ftp://127.0.0.1/x.png",
            "file:///etc/passwd",
            "http://169.254.169.254/latest/meta-data",
            "http://127.0.0.1:1/x.png",
            "not an address",
            "data:image/png;base64,AAAA",
            "data:image/svg+xml,<svg/>")
        .map(url ->
            DynamicTest.dynamicTest(
                url,
                () -> {
                  var answer = imported(url, "").expect(400);
                  assertThat(answer.details()).containsExactly(CANNOT);
                  assertThat(answer.text("/errors/0/source/pointer"))
                      .isEqualTo("/data/attributes/import_from_url");
                }));
  }

  @Test
  void ourOwnNetworkIsOutOfReachUnlessTheOperatorSaysOtherwise() {
    var outside = TestServer.shop();
    for (var host : new String[] {"127.0.0.1", "localhost", "[::1]", "2130706433"}) {
      var url = "http://" + host + ":" + origin.getAddress().getPort() + "/shop/Big%20logo.png";
      assertThat(imported(outside, url, "").expect(400).details()).containsExactly(CANNOT);
    }
    assertThat(outside.get("/api/images").ids()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> wrongBodiesAreRefused() {
    return Map.of(
            "", "'import_from_url' is a required field for the resource 'image'.",
            "\"import_from_url\": 7", "'import_from_url' must be a string.",
            "\"import_from_url\": \"data:,\", \"name\": \"\"", "'name' must not be empty.",
            "\"import_from_url\": \"data:,\", \"hidden\": \"no\"", "'hidden' must be a boolean.",
            "\"import_from_url\": \"data:,\", \"size\": 1",
                "'size' is not a valid field for the resource 'image'.")
        .entrySet()
        .stream()
        .map(wrong ->
            DynamicTest.dynamicTest(
                wrong.getValue(),
                () ->
                    assertThat(shop.post("/api/images", body(wrong.getKey())).expect(400).details())
                        .containsExactly(wrong.getValue())));
  }

  @Test
  void aTakenNameGetsANumber() {
    assertThat(named("logo")).isEqualTo("logo");
    assertThat(named("logo")).isEqualTo("logo.1");
    assertThat(named("logo")).isEqualTo("logo.2");
    var other = imported(dataUri("png"), ", \"name\": \"other\"").id();
    assertThat(patch(other, "\"name\": \"logo\"").text("/data/attributes/name"))
        .isEqualTo("logo.3");
    assertThat(patch(other, "\"name\": \"logo.3\"").text("/data/attributes/name"))
        .isEqualTo("logo.3");
    assertThat(
            imported(TestServer.shop(reaching), dataUri("png"), ", \"name\": \"logo\"")
                .text("/data/attributes/name"))
        .isEqualTo("logo");
  }

  @Test
  void changingOneThingKeepsTheOther() {
    var id = imported(dataUri("png"), ", \"name\": \"logo\"").id();
    assertThat(patch(id, "\"hidden\": true").expect(200).text("/data/attributes/name"))
        .isEqualTo("logo");
    var renamed = patch(id, "\"name\": \"new\", \"hidden\": null").expect(200);
    assertThat(renamed.at("/data/attributes/hidden").booleanValue()).isTrue();
    assertThat(shop.get("/api/images/" + id).at("/data")).isEqualTo(renamed.at("/data"));
    patch(id, "\"format\": \"gif\"").expect(400);
  }

  @Test
  void hiddenImagesAreListedOnlyWhenAskedFor() {
    var shown = imported(dataUri("png"), ", \"name\": \"a\"").id();
    var hidden = imported(dataUri("png"), ", \"name\": \"b\", \"hidden\": true").id();

    assertThat(shop.get("/api/images").ids()).containsExactly(shown);
    assertThat(filtered("equals(hidden,true)").ids()).containsExactly(hidden);
    assertThat(filtered("any(hidden,[true,false])").ids()).containsExactlyInAnyOrder(shown, hidden);
  }

  @Test
  void imagesAreFilteredSortedAndPaged() {
    var png = imported(dataUri("png"), ", \"name\": \"alpha one\"").id();
    var gif = imported(dataUri("gif"), ", \"name\": \"beta two\"").id();

    assertThat(filtered("equals(format,'gif')").ids()).containsExactly(gif);
    assertThat(filtered("contains(name,'one')").ids()).containsExactly(png);
    assertThat(filtered("starts-with(name,'beta')").ids()).containsExactly(gif);
    assertThat(filtered("ends-with(name,'two')").ids()).containsExactly(gif);
    assertThat(filtered("equals(id,'" + png + "')").ids()).containsExactly(png);
    assertThat(filtered("any(id,['" + png + "','x'])").ids()).containsExactly(png);
    assertThat(filtered("greater-than(size,0)").ids()).hasSize(2);
    assertThat(filtered("less-than(updated_at,2001-01-01)").ids()).isEmpty();
    for (var sort : new String[] {"format", "id", "name", "size", "updated_at"}) {
      var first = shop.get("/api/images?page[size]=1&sort=-" + sort).expect(200);
      var second = shop.follow(first.text("/links/next")).expect(200);
      assertThat(Stream.of(first.ids(), second.ids()).flatMap(one -> one.stream()))
          .as(sort)
          .containsExactlyInAnyOrder(png, gif);
    }
    assertThat(shop.get("/api/images?sort=name").ids()).containsExactly(png, gif);
  }

  @Test
  void anImageThatIsNotThereIsNotFound() {
    for (var id : new String[] {"nope", "1", "007", "-1", "99999999999999999999"}) {
      assertThat(shop.get("/api/images/" + id).expect(404).details())
          .containsExactly("An image with id " + id + " does not exist.");
    }
    var id = imported(dataUri("png"), "").id();
    TestServer.shop(reaching).get("/api/images/" + id).expect(404);
  }

  @Test
  void aFileIsUploaded() throws Exception {
    var plain = uploaded(file("holiday.png", PNG)).expect(201);
    assertThat(plain.text("/data/attributes/name")).isEqualTo("holiday.png");
    assertThat(plain.text("/data/attributes/format")).isEqualTo("png");
    assertThat(served(plain.text("/data/attributes/image_url"), "GET").body()).isEqualTo(PNG);

    var named =
        uploaded(file("../../x\\evil.png", PNG), field("name", "Sömmer"), field("hidden", "true"))
            .expect(201);
    assertThat(named.text("/data/attributes/name")).isEqualTo("Sömmer");
    assertThat(named.at("/data/attributes/hidden").booleanValue()).isTrue();
    assertThat(uploaded(file("../../x\\evil.png", PNG)).text("/data/attributes/name"))
        .isEqualTo("evil.png");
  }

  @Test
  void wrongFormsAreRefusedWithAllTheirFaults() {
    assertThat(uploaded(field("name", "x")).expect(400).details())
        .containsExactly("'file' is a required field for the resource 'image'.");
    assertThat(
            uploaded(
                    file("a.png", "<svg>".getBytes(StandardCharsets.UTF_8)),
                    field("hidden", "maybe"))
                .expect(400)
                .details())
        .containsExactly(
            "The file must be a JPEG, PNG or GIF image.", "'hidden' must be a boolean.");
    assertThat(uploaded(file("a.png", PNG), field("size", "1")).expect(400).details())
        .containsExactly("'size' is not a valid field for the resource 'image'.");
    assertThat(uploaded(file("a.png", new byte[Images.MOST_BYTES + 1])).expect(400).details())
        .containsExactly("The file must have at most 5 MB.");
    assertThat(uploaded(file("a.png", new byte[8 * 1024 * 1024])).status()).isEqualTo(413);
    assertThat(
            sent(
                    "multipart/form-data; boundary=b",
                    "no parts at all".getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(400);
    assertThat(sent("multipart/form-data", new byte[0]).status()).isEqualTo(400);
    assertThat(sent("application/json", new byte[0]).status()).isEqualTo(415);
    assertThat(shop.get("/api/images").ids()).isEmpty();
  }

  private static String at(String path) {
    return "http://127.0.0.1:" + origin.getAddress().getPort() + path;
  }

  private String named(String name) {
    return imported(dataUri("png"), ", \"name\": \"" + name + "\"").text("/data/attributes/name");
  }

  private Answer imported(String url, String more) {
    return imported(shop, url, more);
  }

  private static Answer imported(Shop by, String url, String more) {
    return by.post("/api/images", body("\"import_from_url\": \"" + url + "\"" + more));
  }

  private static String body(String attributes) {
    return "{\"data\": {\"type\": \"image\", \"attributes\": {" + attributes + "}}}";
  }

  private Answer patch(String id, String attributes) {
    return shop.patch(
        "/api/images/" + id,
        "{\"data\": {\"type\": \"image\", \"id\": \"%s\", \"attributes\": {%s}}}"
            .formatted(id, attributes));
  }

  private Answer filtered(String filter) {
    return shop.get("/api/images?filter=" + Shop.encoded(filter)).expect(200);
  }

  private static byte[] file(String name, byte[] content) {
    return part("name=\"file\"; filename=\"" + name + "\"", content);
  }

  private static byte[] field(String name, String value) {
    return part("name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] part(String disposition, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(
        ("--edge\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    out.writeBytes(content);
    out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private Answer uploaded(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    out.writeBytes("--edge--\r\n".getBytes(StandardCharsets.UTF_8));
    return sent("multipart/form-data; boundary=edge", out.toByteArray());
  }

  private Answer sent(String type, byte[] body) {
    return Shop.send(
        HttpRequest.newBuilder(URI.create(reaching.url() + "/api/image-upload"))
            .header("Authorization", "Klaviyo-API-Key " + shop.key())
            .header("revision", "2026-04-15")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private static HttpResponse<byte[]> served(String url, String method, String... headers)
      throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url)).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String dataUri(String format) {
    return "data:image/x;base64," + Base64.getEncoder().encodeToString(image(format));
  }

  private static byte[] image(String format) {
    try {
      var out = new ByteArrayOutputStream();
      var pixels = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
      assertThat(ImageIO.write(pixels, format, out)).isTrue();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
