package carillon.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.platform.db.Database;
import carillon.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostalCodesTest {

  private static final String BERLIN =
      "DE\t10115\tBerlin\tBerlin\tBE\t\t00\tStadt\t11000\t52.5323\t13.3846\t4\n";
  private static final String LONDON =
      "GB\tSW1W\tBelgravia\tEngland\tENG\t\t\t\t\t51.4928\t-0.148\t4\n";

  private final Database db = TestDatabase.create();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void aFileTellsWherePostalCodesLieAndItsSuccessorReplacesIt() throws IOException {
    var file = folder.resolve("codes.txt");
    Files.writeString(file, BERLIN + BERLIN.replace("Stadt", "Mitte") + "DE\tnowhere\n\n");
    assertThat(PostalCodes.load(db, file)).contains(2L);
    assertThat(known()).containsExactly("DE 10115 52.5323 13.3846");
    assertThat(PostalCodes.load(db, file)).isEmpty();

    Files.writeString(file, LONDON);
    assertThat(PostalCodes.load(db, file)).contains(1L);
    assertThat(known()).containsExactly("GB SW1W 51.4928 -0.148");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> PostalCodes.load(db, folder.resolve("none.txt")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none.txt");
  }

  private List<String> known() {
    return db.sql(
            "select concat_ws(' ', country, code, latitude, longitude) as line from postal_code")
        .list(row -> row.text("line"));
  }
}
