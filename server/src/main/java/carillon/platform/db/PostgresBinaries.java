package carillon.platform.db;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once per machine and user from the archive on the class path. A
 * folder is named after the archive's checksum and appears only when it is complete.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path folder) {
  static final String MAJOR_VERSION = "18";

  private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);
  private static final String SIZE_FILE = "unpacked-bytes";

  /** Unpacks into the first of {@code caches} that only this user can write to. */
  static PostgresBinaries unpacked(List<Path> caches) {
    var archive = archive();
    for (var cache : caches) {
      var folder = unpacked(archive, cache);
      if (folder.isPresent()) {
        return new PostgresBinaries(folder.get());
      }
    }
    throw new EmbeddedPostgresFailure("cannot unpack PostgreSQL into any of " + caches);
  }

  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  private static URL archive() {
    var machine = System.getProperty("os.name") + "-" + System.getProperty("os.arch");
    var name =
        switch (machine) {
          case "Linux-amd64" -> "/postgres-linux-x86_64.txz";
          case "Linux-aarch64" -> "/postgres-linux-arm_64.txz";
          default -> "none";
        };
    return Optional.ofNullable(PostgresBinaries.class.getResource(name))
        .orElseThrow(() ->
            new EmbeddedPostgresFailure(
                "no PostgreSQL is included for %s: set CARILLON_DATABASE_URL".formatted(machine)));
  }

  private static Optional<Path> unpacked(URL archive, Path cache) {
    try {
      var shared = PosixFilePermissions.fromString("rwxr-xr-x");
      Files.createDirectories(cache, PosixFilePermissions.asFileAttribute(shared));
      if (!Ownership.isPrivateTo(Ownership.self(), cache)) {
        LOG.warn("not unpacking PostgreSQL into {}: others may write there", cache);
        return Optional.empty();
      }
      var folder = cache.resolve("postgres-" + MAJOR_VERSION + "-" + checksum(archive));
      if (!isComplete(folder)) {
        unpack(archive, cache, folder);
      }
      return Optional.of(folder);
    } catch (IOException e) {
      LOG.debug("cannot unpack PostgreSQL into {}", cache, e);
      return Optional.empty();
    }
  }

  /** A crash of the machine may have left empty files behind. */
  private static boolean isComplete(Path folder) throws IOException {
    var file = folder.resolve(SIZE_FILE);
    return Files.exists(file) && Files.readString(file).equals(Long.toString(bytesBelow(folder)));
  }

  private static void unpack(URL archive, Path cache, Path folder) throws IOException {
    var unfinished = Files.createTempDirectory(cache, "unpacking-");
    try {
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
      try (var packed = archive.openStream();
          var tar = ReadAhead.of(new XZInputStream(packed))) {
        TarReader.unpack(tar, unfinished);
      }
      Files.writeString(
          unfinished.resolve(SIZE_FILE), Long.toString(bytesBelow(unfinished)), US_ASCII);
      publish(unfinished, folder);
    } finally {
      Ownership.deleteAll(unfinished);
    }
  }

  /** Another process may have been faster, which is as good. */
  private static void publish(Path unfinished, Path folder) throws IOException {
    try {
      Files.move(unfinished, folder);
    } catch (IOException e) {
      if (isComplete(folder)) {
        return;
      }
      Ownership.deleteAll(folder);
      Files.move(unfinished, folder);
    }
  }

  private static long bytesBelow(Path folder) throws IOException {
    try (var files = Files.find(folder, 20, (path, file) -> counts(path) && file.isRegularFile())) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static boolean counts(Path path) {
    return !path.endsWith(SIZE_FILE);
  }

  private static String checksum(URL archive) throws IOException {
    var connection = archive.openConnection();
    long checksum =
        connection instanceof JarURLConnection jar
            ? jar.getJarEntry().getCrc()
            : checksum(connection.getInputStream());
    return Long.toHexString(checksum);
  }

  private static long checksum(InputStream content) throws IOException {
    try (var checked = new CheckedInputStream(content, new CRC32())) {
      checked.transferTo(OutputStream.nullOutputStream());
      return checked.getChecksum().getValue();
    }
  }
}
