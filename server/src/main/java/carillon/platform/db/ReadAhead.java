package carillon.platform.db;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads another stream in a thread of its own, so that decompressing and writing files, about equal
 * parts of unpacking, go on side by side.
 */
final class ReadAhead extends InputStream {
  private static final int CHUNK = 1 << 18;
  private static final int CHUNKS_AHEAD = 16;

  private sealed interface Piece {
    record Bytes(byte[] content) implements Piece {}

    record End() implements Piece {}

    record Failure(IOException cause) implements Piece {}
  }

  private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
  private final InputStream source;
  private final Thread reader;
  private byte[] chunk = new byte[0];
  private int position;
  private boolean ended;

  private ReadAhead(InputStream source) {
    this.source = source;
    this.reader = Thread.ofPlatform().name("read-ahead").daemon().unstarted(this::readAll);
  }

  static ReadAhead of(InputStream source) {
    var stream = new ReadAhead(source);
    stream.reader.start();
    return stream;
  }

  @Override
  public int read() throws IOException {
    return atEnd() ? -1 : chunk[position++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (atEnd()) {
      return -1;
    }
    int count = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    reader.interrupt();
    source.close();
  }

  private boolean atEnd() throws IOException {
    while (!ended && position == chunk.length) {
      switch (next()) {
        case Piece.Bytes(var content) -> chunk = content;
        case Piece.End _ -> ended = true;
        case Piece.Failure(var cause) -> throw cause;
      }
      position = 0;
    }
    return ended;
  }

  private Piece next() throws IOException {
    try {
      return pieces.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void readAll() {
    try {
      pieces.put(readToEnd());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Piece readToEnd() throws InterruptedException {
    try {
      var buffer = new byte[CHUNK];
      for (int read; (read = source.readNBytes(buffer, 0, CHUNK)) > 0; ) {
        pieces.put(new Piece.Bytes(Arrays.copyOf(buffer, read)));
      }
      return new Piece.End();
    } catch (IOException e) {
      return new Piece.Failure(e);
    }
  }
}
