package carillon.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;

/** Shows on a terminal how much of a file has been read; elsewhere it shows nothing. */
final class ProgressBar extends FilterInputStream {

  private static final int WIDTH = 40;
  private static final long BETWEEN = Duration.ofMillis(100).toNanos();

  private final long size;
  private final PrintStream out;
  private final boolean shown;
  private long read;
  private long lastShown;

  ProgressBar(InputStream in, long size, PrintStream out, boolean shown) {
    super(in);
    this.size = Math.max(1, size);
    this.out = out;
    this.shown = shown;
  }

  @Override
  public int read() throws IOException {
    var one = super.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    var some = super.read(target, offset, length);
    count(Math.max(0, some));
    return some;
  }

  private void count(int bytes) {
    read += bytes;
    var now = System.nanoTime();
    if (shown && (bytes == 0 || now - lastShown > BETWEEN)) {
      lastShown = now;
      var filled = (int) (WIDTH * Math.min(read, size) / size);
      out.printf(
          "\r[%s%s] %3d %%", "#".repeat(filled), " ".repeat(WIDTH - filled), 100 * read / size);
      out.flush();
    }
  }

  /** Goes to the next line, if there was a bar. */
  void end() {
    if (shown) {
      out.println();
    }
  }
}
