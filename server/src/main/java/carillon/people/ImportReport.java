package carillon.people;

import carillon.jsonapi.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is told of an import when its file has been read. There can be as many refused rows as there
 * are rows, so they wait in a file of their own.
 */
final class ImportReport implements CsvImport.Listener, AutoCloseable {

  private final Path file;
  private final BufferedWriter refused;
  private Optional<Mapping> mapping = Optional.empty();

  ImportReport() throws IOException {
    file = Files.createTempFile("carillon-import-", ".rows");
    refused = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
  }

  @Override
  public void begins(Mapping decided) {
    mapping = Optional.of(decided);
  }

  @Override
  public void rejected(long line, List<String> cells, String reason) throws IOException {
    var row = Json.object().put("line", line).put("reason", reason);
    cells.forEach(row.putArray("cells")::add);
    refused.write(row.toString());
    refused.newLine();
  }

  @Override
  public void progress(CsvImport.Tally tally) {}

  /** Writes the report: counts first, the refused rows last. */
  void write(CsvImport.Order order, CsvImport.Tally tally, OutputStream out) throws IOException {
    refused.flush();
    try (var json = Json.MAPPER.createGenerator(out);
        var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      json.writeStartObject();
      json.writeBooleanProperty("dry_run", order.dryRun());
      json.writeNumberProperty("rows", tally.rows());
      json.writeNumberProperty("created", tally.created());
      json.writeNumberProperty("updated", tally.updated());
      json.writeNumberProperty("rejected", tally.rejected());
      json.writeName("columns");
      json.writeStartArray();
      for (var column : mapping.orElseThrow().columns()) {
        json.writeTree(
            Json.object().put("header", column.header()).put("target", column.target().word()));
      }
      json.writeEndArray();
      json.writeName("rejects");
      json.writeStartArray();
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        json.writeTree(Json.read(line));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  @Override
  public void close() {
    try {
      refused.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
