package carillon.hostile;

import carillon.jsonapi.Json;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of an operation, each broken in one place. */
public final class BrokenBodies {

  private static final String HERE = "@@here@@";
  private static final int DEEP = 20_000;

  /** What is put in the place of a good value, as JSON text. */
  private static final List<String> FRAGMENTS =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "0.1",
          "1e308",
          "1e999999",
          "-1e999999",
          "9223372036854775808",
          "1" + "0".repeat(2_000),
          "\"\"",
          "\" \"",
          "\"nope\"",
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\uffff\"",
          "\"'; drop table tag; --\"",
          "\"%00%ff\"",
          "\"{{ x|y:\"",
          "\"2026-13-45T99:99:99Z\"",
          "\"99999-01-01T00:00:00Z\"",
          "\"0000-00-00\"",
          "\"-999999999-01-01T00:00:00Z\"",
          "\"" + "x".repeat(300) + "\"",
          "\"" + "é".repeat(70_000) + "\"",
          "[]",
          "[null]",
          "[[]]",
          "[1,\"a\",{}]",
          "{}",
          "{\"type\":\"nope\"}",
          "{\"data\":null}",
          "{\"data\":[]}",
          "{\"\":{\"\":null}}",
          "{\"$where\":1,\"a.b\":2}",
          nested("[", "]", 60),
          nested("{\"a\":", "}", 60),
          "\"http://127.0.0.1/\"",
          "\"data:image/png;base64,@@@\"",
          "\"\\u202e\\ufeff\"");

  private final Sample sample;
  private final Fixtures fixtures;

  public BrokenBodies(Fixtures fixtures) {
    this.fixtures = fixtures;
    this.sample = new Sample(fixtures);
  }

  /** The same with nothing broken, as far as a schema tells; without a body if there is none. */
  public Probe good(Probe.Target operation) {
    var path = fixtures.path(operation.path());
    return operation
        .bodySchema()
        .map(schema ->
            Probe.json(operation.method(), path, Json.MAPPER.writeValueAsString(sample.of(schema))))
        .orElseGet(() -> new Probe(operation.method(), path, Optional.empty(), new byte[0]));
  }

  /** All there are for an operation; none when it takes no body. */
  public List<Probe> of(Probe.Target operation) {
    var all = new ArrayList<Probe>();
    operation
        .bodySchema()
        .ifPresent(schema -> {
          var path = fixtures.path(operation.path());
          var good = sample.of(schema);
          broken(good).forEach(body -> all.add(Probe.json(operation.method(), path, body)));
          all.addAll(wholly(operation, path, Json.MAPPER.writeValueAsString(good)));
        });
    return all;
  }

  private static List<String> broken(JsonNode good) {
    var all = new ArrayList<String>();
    for (var pointer : pointers(good, "")) {
      for (var fragment : FRAGMENTS) {
        all.add(replaced(good, pointer, fragment));
      }
    }
    pointers(good, "").stream()
        .filter(pointer -> !pointer.isEmpty())
        .forEach(pointer -> all.add(removed(good, pointer)));
    objects(good, "").forEach(pointer -> all.add(added(good, pointer)));
    return all;
  }

  private static List<String> pointers(JsonNode node, String at) {
    var all = new ArrayList<>(List.of(at));
    switch (node) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(
                  member -> all.addAll(pointers(member.getValue(), at + "/" + member.getKey())));
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          all.addAll(pointers(array.get(i), at + "/" + i));
        }
      }
      default -> {}
    }
    return all;
  }

  private static List<String> objects(JsonNode node, String at) {
    return pointers(node, at).stream().filter(pointer -> node.at(pointer).isObject()).toList();
  }

  private static String replaced(JsonNode good, String pointer, String fragment) {
    if (pointer.isEmpty()) {
      return fragment;
    }
    var copy = good.deepCopy();
    switch (copy.at(parent(pointer))) {
      case ObjectNode object -> object.put(last(pointer), HERE);
      case ArrayNode array -> array.set(Integer.parseInt(last(pointer)), HERE);
      default -> throw new IllegalArgumentException(pointer);
    }
    return Json.MAPPER.writeValueAsString(copy).replace("\"" + HERE + "\"", fragment);
  }

  private static String removed(JsonNode good, String pointer) {
    var copy = good.deepCopy();
    switch (copy.at(parent(pointer))) {
      case ObjectNode object -> object.remove(last(pointer));
      case ArrayNode array -> array.remove(Integer.parseInt(last(pointer)));
      default -> throw new IllegalArgumentException(pointer);
    }
    return Json.MAPPER.writeValueAsString(copy);
  }

  private static String added(JsonNode good, String pointer) {
    var copy = good.deepCopy();
    ((ObjectNode) copy.at(pointer)).put("nonsense_field", 1);
    return Json.MAPPER.writeValueAsString(copy);
  }

  private static String parent(String pointer) {
    return pointer.substring(0, pointer.lastIndexOf('/'));
  }

  private static String last(String pointer) {
    return pointer.substring(pointer.lastIndexOf('/') + 1);
  }

  private static List<Probe> wholly(Probe.Target operation, String path, String good) {
    var all = new ArrayList<Probe>();
    for (var text :
        List.of(
            "",
            " ",
            "{",
            "nul",
            "\u0000",
            good + good,
            good.substring(1),
            "{\"data\":" + good + "}",
            good.replace("\"data\"", "\"data\":null,\"data\""),
            nested("[", "]", DEEP),
            nested("{\"data\":", "}", DEEP),
            "{\"data\":\"" + "x".repeat(6 << 20) + "\"}")) {
      all.add(Probe.json(operation.method(), path, text));
    }
    for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
      all.add(encoded(operation, path, "é" + good, charset));
    }
    all.add(new Probe(operation.method(), path, Optional.of(Probe.JSON_API), invalidUtf8(good)));
    for (var type :
        List.of(
            "text/plain",
            "application/xml",
            "nonsense",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            Probe.JSON_API + "; charset=nope",
            "application/x-www-form-urlencoded")) {
      all.add(
          new Probe(
              operation.method(), path, Optional.of(type), good.getBytes(StandardCharsets.UTF_8)));
    }
    if (operation.multipart()) {
      all.addAll(parts(operation, path));
    }
    return all;
  }

  private static Probe encoded(Probe.Target operation, String path, String text, Charset charset) {
    return new Probe(operation.method(), path, Optional.of(Probe.JSON_API), text.getBytes(charset));
  }

  private static byte[] invalidUtf8(String good) {
    var bytes = good.replaceFirst("sample|\"type\"", "??").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '?') {
        bytes[i] = (byte) 0xff;
      }
    }
    return bytes;
  }

  private static List<Probe> parts(Probe.Target operation, String path) {
    var disposition = "Content-Disposition: form-data; name=";
    return List.of(
            "",
            "--x",
            "--x--\r\n",
            "--x\r\n\r\n--x--\r\n",
            "--x\r\n" + disposition + "\r\n\r\n1\r\n--x--\r\n",
            "--x\r\n" + disposition + "\"file\"\r\n\r\n\r\n--x--\r\n",
            "--x\r\n" + disposition + "\"file\"; filename=\"a.png\"\r\n\r\nGIF89a\r\n--x--\r\n",
            "--x\r\n"
                + disposition
                + "\"file\"; filename=\"\u0000../../etc/passwd\"\r\n\r\nx\r\n--x--\r\n",
            "--x\r\n" + disposition + "\"hidden\"\r\n\r\nperhaps\r\n--x--\r\n",
            "--x\r\n" + "A: b\r\n".repeat(5_000) + "\r\n\r\n--x--\r\n",
            "--x\r\n\r\n".repeat(5_000) + "--x--\r\n")
        .stream()
        .map(text ->
            new Probe(
                operation.method(),
                path,
                Optional.of("multipart/form-data; boundary=x"),
                text.getBytes(StandardCharsets.ISO_8859_1)))
        .toList();
  }

  private static String nested(String open, String close, int depth) {
    return open.repeat(depth) + "1" + close.repeat(depth);
  }
}
