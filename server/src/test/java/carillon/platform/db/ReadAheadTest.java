package carillon.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

  @Test
  void itReadsWhatTheSourceHolds() throws IOException {
    var content = new byte[3_000_001];
    new Random(1).nextBytes(content);
    try (var stream = ReadAhead.of(new ByteArrayInputStream(content))) {
      assertThat(stream.read()).isEqualTo(content[0] & 0xFF);
      assertThat(stream.readNBytes(700_000)).isEqualTo(Arrays.copyOfRange(content, 1, 700_001));
      assertThat(stream.readAllBytes())
          .isEqualTo(Arrays.copyOfRange(content, 700_001, content.length));
      assertThat(stream.read()).isEqualTo(-1);
    }
  }

  @Test
  void aBrokenSourceIsReported() throws IOException {
    var broken = new SequenceInputStream(new ByteArrayInputStream(new byte[10]), new Broken());
    try (var stream = ReadAhead.of(broken)) {
      assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class).hasMessage("broken");
    }
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("broken");
    }
  }
}
