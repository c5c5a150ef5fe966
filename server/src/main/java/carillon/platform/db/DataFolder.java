package carillon.platform.db;

import carillon.platform.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The part of the data directory that belongs to the embedded PostgreSQL. Held by one server at a
 * time: the operating system drops the lock when that server dies, however it dies.
 */
final class DataFolder implements AutoCloseable {
  private static final long LOG_BYTES_KEPT = 10_000_000;

  /**
   * Folders held by this process. A second lock on the same file must not even be tried: closing it
   * would release the first.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final FileChannel lock;

  private DataFolder(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  static DataFolder hold(Path directory) throws IOException {
    var root = Files.createDirectories(directory).toRealPath();
    if (!HELD.add(root)) {
      throw inUse(root);
    }
    try {
      return new DataFolder(root, locked(root));
    } catch (IOException | RuntimeException e) {
      HELD.remove(root);
      throw e;
    }
  }

  /** Whether a running server has it. */
  static boolean isHeld(Path directory) throws IOException {
    if (!Files.exists(lockIn(directory))) {
      return false;
    }
    var root = directory.toRealPath();
    if (HELD.contains(root)) {
      return true;
    }
    try (var channel = FileChannel.open(lockIn(root), StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    }
  }

  private static Path lockIn(Path root) {
    return root.resolve("postgres.lock");
  }

  /** PostgreSQL's own data directory; exists only when it is complete. */
  Path cluster() {
    return clusterIn(root);
  }

  static Path clusterIn(Path root) {
    return root.resolve("postgres");
  }

  /** Where the cluster is made. */
  Path unfinished() {
    return root.resolve("postgres.new");
  }

  Path unfinishedPassword() {
    return root.resolve("postgres.new.password");
  }

  Path programs() {
    return root.resolve("postgres-programs");
  }

  boolean hasCluster() {
    return Files.exists(cluster().resolve("PG_VERSION"));
  }

  /** Refuses what is not ours to start. */
  void refuseForeign() throws IOException {
    if (!hasCluster()) {
      refuseUnknownFiles();
      return;
    }
    var version = Files.readString(cluster().resolve("PG_VERSION")).strip();
    if (!version.equals(PostgresBinaries.MAJOR_VERSION)) {
      throw new EmbeddedPostgresFailure(
          "%s was made by PostgreSQL %s, this server brings PostgreSQL %s: start it with the version of Carillon that made it, or set CARILLON_DATA_DIR or CARILLON_DATABASE_URL"
              .formatted(cluster(), version, PostgresBinaries.MAJOR_VERSION));
    }
    if (!Files.exists(password())) {
      throw new EmbeddedPostgresFailure(
          "%s was not made by Carillon (it lacks %s): set CARILLON_DATA_DIR to another directory"
              .formatted(cluster(), password().getFileName()));
    }
  }

  Path password() {
    return passwordIn(cluster());
  }

  static Path passwordIn(Path cluster) {
    return cluster.resolve("carillon.password");
  }

  Secret readPassword() throws IOException {
    return passwordOf(cluster());
  }

  static Secret passwordOf(Path cluster) throws IOException {
    return new Secret(Files.readString(passwordIn(cluster)).strip());
  }

  /** A file for PostgreSQL's own log, begun anew when it has grown long. */
  Path log() throws IOException {
    var log = root.resolve("postgres.log");
    if (Files.exists(log) && Files.size(log) > LOG_BYTES_KEPT) {
      Files.move(log, root.resolve("postgres.1.log"), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(log)) {
      Files.createFile(
          log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    return log;
  }

  @Override
  public void close() throws IOException {
    lock.close();
    HELD.remove(root);
  }

  private void refuseUnknownFiles() throws IOException {
    if (!Files.exists(cluster())) {
      return;
    }
    try (var files = Files.list(cluster())) {
      if (files.findAny().isPresent()) {
        throw new EmbeddedPostgresFailure(
            "%s holds files that are not a PostgreSQL data directory: move them away or set CARILLON_DATA_DIR"
                .formatted(cluster()));
      }
    }
  }

  private static FileChannel locked(Path root) throws IOException {
    var channel =
        FileChannel.open(lockIn(root), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw inUse(root);
    }
    return channel;
  }

  private static EmbeddedPostgresFailure inUse(Path root) {
    return new EmbeddedPostgresFailure(
        root + " is in use by another Carillon server: stop it or set CARILLON_DATA_DIR");
  }
}
