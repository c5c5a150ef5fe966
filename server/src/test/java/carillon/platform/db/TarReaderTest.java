package carillon.platform.db;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarReaderTest {
  private static final byte[] END = new byte[1024];

  @TempDir private Path folder;

  private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

  @Test
  void filesFoldersAndLinksAreUnpacked() throws IOException {
    entry("bin/", '5', "755", "", "");
    entry("bin/run", '0', "755", "", "#!");
    entry("share/deep/text", '0', "644", "", "x".repeat(1000));
    entry("bin/go", '2', "777", "run", "");
    unpack();
    assertThat(folder.resolve("bin/run")).isExecutable().hasContent("#!");
    assertThat(folder.resolve("share/deep/text")).hasSize(1000);
    assertThat(Files.isExecutable(folder.resolve("share/deep/text"))).isFalse();
    assertThat(Files.readSymbolicLink(folder.resolve("bin/go"))).hasToString("run");
  }

  @Test
  void nothingIsWrittenOutside() throws IOException {
    entry("../evil", '0', "644", "", "x");
    assertThatThrownBy(this::unpack)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("reaches outside");
  }

  @Test
  void anArchiveCutShortIsRefused() throws IOException {
    entry("file", '0', "644", "", "x".repeat(2000));
    var half = Arrays.copyOf(archive.toByteArray(), 1200);
    assertThatThrownBy(() -> TarReader.unpack(new ByteArrayInputStream(half), folder))
        .isInstanceOf(EOFException.class);
  }

  private void unpack() throws IOException {
    archive.write(END);
    TarReader.unpack(new ByteArrayInputStream(archive.toByteArray()), folder);
  }

  private void entry(String name, char kind, String mode, String target, String content)
      throws IOException {
    var header = new byte[512];
    put(header, 0, name);
    put(header, 100, mode);
    put(header, 124, Integer.toOctalString(content.length()));
    header[156] = (byte) kind;
    put(header, 157, target);
    archive.write(header);
    archive.write(content.getBytes(US_ASCII));
    archive.write(new byte[(512 - content.length() % 512) % 512]);
  }

  private static void put(byte[] header, int offset, String text) {
    System.arraycopy(text.getBytes(US_ASCII), 0, header, offset, text.length());
  }
}
