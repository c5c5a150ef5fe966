package carillon.people;

import carillon.jsonapi.Caller;
import carillon.platform.http.StreamedAnswer;
import carillon.platform.http.Streams;
import carillon.platform.http.Streams.Asked;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Files and the export of one person over HTTP, as they stream. */
final class PeopleStreams {

  private static final Set<String> IN = Set.of("profiles:write", "lists:write");
  private static final Set<String> OUT = Set.of("profiles:read", "lists:read");

  private final CsvImport csvImport;
  private final CsvExport csvExport;
  private final PersonExport personExport;

  PeopleStreams(CsvImport csvImport, CsvExport csvExport, PersonExport personExport) {
    this.csvImport = csvImport;
    this.csvExport = csvExport;
    this.personExport = personExport;
  }

  void addTo(Streams streams) {
    streams
        .add("POST", "/carillon/imports/profiles", "import_profiles_file", IN, this::imported)
        .add("GET", "/carillon/exports/profiles", "export_profiles_file", OUT, this::exported)
        .add(
            "GET",
            "/carillon/profiles/{id}/export",
            "export_profile",
            Set.of(Caller.EVERYTHING),
            this::person);
  }

  /** The answer begins when the file is read: a client that still sends does not listen. */
  private void imported(Asked asked, StreamedAnswer answer) throws IOException {
    var query = Query.of(asked.head().query());
    var order =
        new CsvImport.Order(
            asked.caller().account(),
            query.first("list"),
            query.mapping(),
            query.separator(),
            query.first("dry_run").filter("true"::equals).isPresent());
    try (var report = new ImportReport()) {
      var tally = csvImport.run(order, asked.body(), report);
      try (var out = answer.begin(200, headers("application/json", Optional.empty()))) {
        report.write(order, tally, out);
      }
    }
  }

  private void exported(Asked asked, StreamedAnswer answer) throws IOException {
    var list = Query.of(asked.head().query()).first("list");
    var plan = csvExport.plan(asked.caller().account(), list);
    try (var out =
        answer.begin(200, headers("text/csv; charset=utf-8", Optional.of("profiles.csv")))) {
      csvExport.write(plan, out);
    }
  }

  private void person(Asked asked, StreamedAnswer answer) throws IOException {
    var account = asked.caller().account();
    var person = personExport.find(account, asked.id());
    try (var out =
        answer.begin(
            200, headers("application/json", Optional.of("profile-" + person.id() + ".json")))) {
      personExport.write(account, person, out);
    }
  }

  private static Map<String, String> headers(String type, Optional<String> file) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", type);
    headers.put("Cache-Control", "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    file.ifPresent(
        name -> headers.put("Content-Disposition", "attachment; filename=\"" + name + "\""));
    return headers;
  }

  /** The parameters of a file's request. */
  private record Query(Map<String, List<String>> values) {

    static Query of(String raw) {
      var values = new LinkedHashMap<String, List<String>>();
      for (var part : raw.split("&")) {
        var pair = part.split("=", 2);
        values
            .computeIfAbsent(decoded(pair[0]), _ -> new ArrayList<>())
            .add(pair.length == 2 ? decoded(pair[1]) : "");
      }
      return new Query(values);
    }

    private static String decoded(String text) {
      try {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException _) {
        return text;
      }
    }

    Optional<String> first(String name) {
      return values.getOrDefault(name, List.of()).stream()
          .findFirst()
          .filter(one -> !one.isEmpty());
    }

    Map<String, String> mapping() {
      return ImportOptions.mapping(values.getOrDefault("map", List.of()));
    }

    Optional<Character> separator() {
      return first("separator").map(ImportOptions::separator);
    }
  }
}
