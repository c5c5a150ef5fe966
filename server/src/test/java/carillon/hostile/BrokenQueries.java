package carillon.hostile;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import tools.jackson.databind.JsonNode;

/** Paths and queries of an operation, each broken in one place. */
public final class BrokenQueries {

  /** Written to the wire as they are. */
  private static final List<String> IDS =
      List.of(
          "NOPE01",
          "%00",
          "%2e%2e%2f%2e%2e",
          "%ff%fe",
          "a".repeat(3_000),
          "%27%20or%201%3D1",
          "$",
          "%F0%9F%8E%88",
          "-",
          "0",
          "99999999999999999999",
          "00000000-0000-0000-0000-000000000000",
          "01ARZ3NDEKTSV4RRFFQ69G5FAV",
          "%zz",
          "null",
          "%2F",
          "a%20b",
          "{id}",
          "U2tEZkhlLiR2YWx1ZQ");

  private static final List<String> VALUES =
      List.of(
          "",
          "%00",
          "%zz",
          "%",
          "%ff",
          "nope",
          "-",
          "--id",
          ",",
          ",,",
          "0",
          "-1",
          "1e9",
          "99999999999",
          "a".repeat(5_000),
          "%F0%9F%8E%88",
          "%27",
          "%22",
          "[]",
          "a,a",
          "null",
          "true",
          "http%3A%2F%2Fnowhere%2F%3Fpage%5Bcursor%5D%3Dx",
          "aHR0cDovLw",
          "bmV4dDo6aWQ6Ox%3D%3D",
          "../../etc/passwd",
          "%0d%0aX:%20y");

  private static final List<String> FILTERS =
      List.of(
          "equals(",
          "equals()",
          "equals(name)",
          "equals(name,",
          "equals(name,\"",
          "equals(name,\"a\"",
          "equals(name,\"a\"))",
          "equals(name,'\\')",
          "equals(name,\"\\ud800\")",
          "equals(name,\"\\u0000\")",
          "equals(id,\"\\u0000\")",
          "equals(email,\"\\u0000\")",
          "contains(name,\"\\u0000\")",
          "nope(name,\"a\")",
          "equals(nope,\"a\")",
          "equals(name,[])",
          "any(id,[])",
          "any(id,\"a\")",
          "any(id,[null])",
          "any(id,[\"\\u0000\"])",
          "has(name)",
          "has(",
          "and()",
          "or(equals(id,\"a\"))",
          "not(not(not(equals(id,\"a\"))))",
          "equals(created,2026-99-99T00:00:00Z)",
          "greater-than(created,99999999999-01-01T00:00:00Z)",
          "greater-than(datetime,-1)",
          "greater-than(timestamp,1e999)",
          "less-than(timestamp,9999999999999999999999)",
          "greater-than(size,1e400)",
          "equals(default,maybe)",
          "equals(name,true)",
          "equals(name,1)",
          "equals(created,null)",
          "equals(name,\"a\"),",
          ",equals(name,\"a\")",
          "(",
          ")",
          "\u0000",
          "equals(messages.channel,'email'),equals(status,'nope')",
          "equals(messages.channel,'email'),any(id,[\"\\u0000\"])",
          "equals(messages.channel,'nope')",
          "contains(name,\"%_\\\\\")",
          "equals(name,\"" + "x".repeat(4_000) + "\")",
          "and(".repeat(900) + "equals(id,\"a\")" + ")".repeat(900),
          "any(id,[" + "\"a\",".repeat(400) + "\"a\"])");

  private final Fixtures fixtures;

  public BrokenQueries(Fixtures fixtures) {
    this.fixtures = fixtures;
  }

  /** All there are for an operation. */
  public List<Probe> of(Probe.Target operation) {
    var all = new ArrayList<Probe>();
    if (operation.path().contains("{")) {
      IDS.forEach(id ->
          all.add(
              probe(
                  operation,
                  operation.path().replaceFirst("\\{\\w+}", Matcher.quoteReplacement(id)))));
    }
    var path = fixtures.path(operation.path());
    operation
        .facts()
        .path("parameters")
        .forEach(parameter ->
            queries(parameter).forEach(query -> all.add(probe(operation, path + query))));
    for (var query :
        List.of(
            "?nope=1",
            "?nope[]=1",
            "?&&&",
            "?=",
            "?page[cursor]",
            "?fields[nope]=a",
            "?additional-fields[nope]=a",
            "?filter=a&filter=b",
            "?sort=id&sort=name",
            "?include=%00",
            "?[=]",
            "?fields[]=a",
            "?page[size]=1&page[size]=2",
            "?" + "a=1&".repeat(1_000))) {
      all.add(probe(operation, path + query));
    }
    return all;
  }

  private static List<String> queries(JsonNode parameter) {
    if (!parameter.get("in").stringValue().equals("query")) {
      return List.of();
    }
    var name = parameter.get("name").stringValue();
    var all = new ArrayList<>(VALUES.stream().map(value -> "?" + name + "=" + value).toList());
    if (name.equals("filter")) {
      FILTERS.forEach(
          filter -> all.add("?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8)));
    }
    return all;
  }

  /** A write without a body is refused before it does anything, whatever the query says. */
  private static Probe probe(Probe.Target operation, String path) {
    return operation.bodySchema().isPresent()
        ? Probe.json(operation.method(), path, "{}")
        : new Probe(operation.method(), path, java.util.Optional.empty(), new byte[0]);
  }

  /** What is not HTTP, or hardly. */
  public static List<String> raw() {
    var host = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    return List.of(
        "nonsense\r\n\r\n",
        "GET /api/tags" + " HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /api/../../etc/passwd" + host + "\r\n",
        "GET /api/tags" + host + "Authorization: " + "x".repeat(100_000) + "\r\n\r\n",
        "GET /api/tags?" + "x".repeat(100_000) + host + "\r\n",
        "POST /api/tags" + host + "Content-Length: -5\r\n\r\n",
        "POST /api/tags" + host + "Content-Length: many\r\n\r\n",
        "POST /api/tags"
            + host
            + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api/tags" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        "BREW /api/tags" + host + "\r\n",
        "PUT /api/tags" + host + "Content-Length: 0\r\n\r\n");
  }
}
