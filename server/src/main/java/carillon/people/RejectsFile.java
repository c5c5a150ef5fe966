package carillon.people;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that an import refused, as CSV: their cells as they were, and why. When they are put right,
 * the file can be imported itself.
 */
public final class RejectsFile implements AutoCloseable {

  /** Importing passes these columns over; those of an earlier file are left out. */
  private static final List<String> TOLD = List.of("rejected_line", "rejected_because");

  private final CsvWriter csv;
  private final List<String> header;

  private RejectsFile(CsvWriter csv, List<String> header) {
    this.csv = csv;
    this.header = List.copyOf(header);
  }

  /** Begins the file with the columns of the imported one. */
  public static RejectsFile create(Path path, List<String> header) throws IOException {
    var file = new RejectsFile(CsvWriter.builder().build(path, StandardCharsets.UTF_8), header);
    file.write(header, TOLD);
    return file;
  }

  /** Writes a row; too many cells stay too many. */
  public void write(long line, List<String> cells, String reason) {
    write(cells, List.of(Long.toString(line), reason));
  }

  private void write(List<String> cells, List<String> told) {
    var row = new ArrayList<String>();
    for (int i = 0; i < Math.max(header.size(), cells.size()); i++) {
      if (i >= header.size() || !TOLD.contains(header.get(i))) {
        row.add(i < cells.size() ? Formulas.plain(cells.get(i)) : "");
      }
    }
    row.addAll(told);
    csv.writeRecord(row.stream().map(Formulas::guarded).toList());
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
