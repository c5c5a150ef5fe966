package carillon.platform.db;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Unpacks a ustar archive of folders, files and symbolic links, which is all we ship. */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int OWNER_EXECUTES = 0100;

  private final InputStream archive;
  private final Path target;
  private final byte[] header = new byte[BLOCK];

  private TarReader(InputStream archive, Path target) {
    this.archive = archive;
    this.target = target;
  }

  /** Unpacks below {@code target}; everybody may read the result, only the owner may write. */
  static void unpack(InputStream archive, Path target) throws IOException {
    var reader = new TarReader(archive, target);
    while (reader.nextEntry()) {
      reader.unpackEntry();
    }
  }

  /** Two blocks of zeros end an archive; one is enough to know. */
  private boolean nextEntry() throws IOException {
    if (archive.readNBytes(header, 0, BLOCK) < BLOCK) {
      throw new EOFException("the archive ends too early");
    }
    return header[0] != 0;
  }

  private void unpackEntry() throws IOException {
    var path = target.resolve(name()).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("the archive reaches outside: " + path);
    }
    switch (header[156]) {
      case '5' -> folder(path);
      case '0', 0 -> file(path);
      case '2' -> link(path);
      default -> throw new IOException("unknown kind of entry: " + path);
    }
  }

  private static void folder(Path path) throws IOException {
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void file(Path path) throws IOException {
    parent(path);
    long size = number(124, 12);
    try (var out = Files.newOutputStream(path)) {
      copy(size, out);
    }
    archive.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    boolean runs = (number(100, 8) & OWNER_EXECUTES) != 0;
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private void link(Path path) throws IOException {
    parent(path);
    Files.createSymbolicLink(path, Path.of(text(157, 100)));
  }

  private void parent(Path path) throws IOException {
    if (!Files.isDirectory(path.getParent())) {
      folder(path.getParent());
    }
  }

  private void copy(long size, OutputStream out) throws IOException {
    var buffer = new byte[1 << 16];
    for (long left = size; left > 0; ) {
      int read = archive.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException("the archive ends within a file");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private String name() {
    var prefix = text(345, 155);
    return prefix.isEmpty() ? text(0, 100) : prefix + "/" + text(0, 100);
  }

  private long number(int offset, int length) {
    return Long.parseLong(text(offset, length).strip(), 8);
  }

  private String text(int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, UTF_8);
  }
}
