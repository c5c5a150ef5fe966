package carillon.people;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rows of a CSV file, read as they are asked for. */
final class CsvRows implements AutoCloseable {

  private static final int LOOK = 64 * 1024;
  private static final int LARGEST_CELL = 100_000;
  private static final int LARGEST_ROW = 400_000;
  private static final int MOST_CELLS = 2_000;

  /** Rows are handed out together up to this many characters, however many are asked for. */
  private static final int TOGETHER = 2_000_000;

  private static final char BOM = '\uFEFF';

  /** Stands for bytes that are no UTF-8. */
  private static final String BROKEN = "\uFFFD";

  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> rows;
  private long line = 1;

  /** A row and the line it begins in. */
  record CsvRow(long line, List<String> cells) {

    /** What no database keeps, or is not what was meant. */
    Optional<String> fault() {
      for (var cell : cells) {
        if (cell.contains(BROKEN)) {
          return Optional.of("The row is not valid UTF-8.");
        }
        if (cell.indexOf('\0') >= 0) {
          return Optional.of("The row has a null character.");
        }
      }
      return Optional.empty();
    }
  }

  private CsvRows(CsvReader<CsvRecord> reader) {
    this.reader = reader;
    this.rows = reader.iterator();
  }

  /**
   * Begins to read UTF-8.
   *
   * @param separator between cells; empty: the one the first line has most of
   */
  static CsvRows of(InputStream in, Optional<Character> separator) throws IOException {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    var text = new BufferedReader(new InputStreamReader(in, decoder), LOOK);
    var start = start(text);
    return new CsvRows(
        CsvReader.builder()
            .fieldSeparator(separator.orElseGet(() -> likeliest(start)))
            .skipEmptyLines(true)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(LARGEST_ROW)
            .build(
                CsvRecordHandler.builder()
                    .maxFields(MOST_CELLS)
                    .maxFieldSize(LARGEST_CELL)
                    .maxRecordSize(LARGEST_ROW)
                    .build(),
                text));
  }

  /** The first line as far as it can be looked ahead; a byte order mark is passed over. */
  private static String start(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != BOM) {
      text.reset();
    }
    text.mark(LOOK);
    var ahead = new char[LOOK / 2];
    var length = Math.max(0, text.read(ahead));
    text.reset();
    return new String(ahead, 0, length).lines().findFirst().orElse("");
  }

  private static char likeliest(String line) {
    return Stream.of(',', ';', '\t')
        .max(
            Comparator.<Character>comparingLong(one -> line.chars().filter(c -> c == one).count())
                .thenComparing(one -> one == ',' ? 1 : 0))
        .orElseThrow();
  }

  /** The next rows, at most as many as asked for; none only at the end. */
  List<CsvRow> next(int most) {
    var some = new ArrayList<CsvRow>();
    var characters = 0;
    try {
      while (some.size() < most && characters < TOGETHER && rows.hasNext()) {
        var row = rows.next();
        line = row.getStartingLineNumber();
        some.add(new CsvRow(line, List.copyOf(row.getFields())));
        characters += row.getFields().stream().mapToInt(String::length).sum();
      }
      return some;
    } catch (CsvParseException e) {
      throw ApiError.of(
          Fault.Code.INVALID,
          "The file cannot be read as CSV after line %d; are all quotes closed?".formatted(line));
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
