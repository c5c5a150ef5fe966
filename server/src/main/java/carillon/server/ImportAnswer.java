package carillon.server;

import carillon.jsonapi.Json;
import carillon.people.RejectsFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a server tells of an import, read as it comes; refused rows go straight to their file. */
final class ImportAnswer {

  private final ObjectNode facts = Json.object();
  private final Path rejects;

  private ImportAnswer(Path rejects) {
    this.rejects = rejects;
  }

  static ImportAnswer read(InputStream in, Path rejects) throws IOException {
    var answer = new ImportAnswer(rejects);
    try (var json = Json.MAPPER.createParser(in)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = json.currentName();
        json.nextToken();
        if (name.equals("rejects")) {
          answer.keep(json);
        } else {
          answer.facts.set(name, json.<JsonNode>readValueAsTree());
        }
      }
    }
    return answer;
  }

  private void keep(JsonParser json) throws IOException {
    if (json.nextToken() == JsonToken.END_ARRAY) {
      return;
    }
    try (var file = RejectsFile.create(rejects, headers())) {
      do {
        JsonNode row = json.readValueAsTree();
        var cells = new ArrayList<String>();
        row.get("cells").forEach(cell -> cells.add(cell.stringValue()));
        file.write(row.get("line").longValue(), cells, row.get("reason").stringValue());
      } while (json.nextToken() == JsonToken.START_OBJECT);
    }
  }

  private List<String> headers() {
    var headers = new ArrayList<String>();
    facts.get("columns").forEach(column -> headers.add(column.get("header").stringValue()));
    return headers;
  }

  /** Prints it; answers 1 when rows were refused. */
  int tell() {
    if (facts.get("dry_run").booleanValue()) {
      Main.say("Nothing is kept. The columns would become:");
      facts
          .get("columns")
          .forEach(column ->
              Main.say(
                  "  %s -> %s"
                      .formatted(
                          column.get("header").stringValue(), column.get("target").stringValue())));
    }
    var rejected = facts.get("rejected").longValue();
    Main.say(
        "%,d rows: %,d new people, %,d known, %,d rejected"
            .formatted(
                facts.get("rows").longValue(),
                facts.get("created").longValue(),
                facts.get("updated").longValue(),
                rejected));
    if (rejected > 0) {
      Main.say("The rejected rows are in " + rejects + ", each with its reason.");
    }
    return rejected == 0 ? 0 : 1;
  }
}
