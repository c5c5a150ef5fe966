package carillon.platform.db;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes a database cluster, aside and then renamed into place: a start that was interrupted leaves
 * nothing that looks complete. Two roles share the generated password, the superuser {@code
 * postgres} and {@code carillon}, who owns the database and nothing else.
 */
final class Cluster {
  static final String SUPERUSER = "postgres";
  static final String ROLE = "carillon";
  static final String DATABASE = "carillon";
  private static final int PASSWORD_BYTES = 24;

  /**
   * Megabytes of a file of the write-ahead log. Whoever needs a new one fills it with zeros first,
   * while all others wait to commit: 25 ms and more for one of PostgreSQL's usual 16.
   */
  private static final int LOG_FILE_MB = 2;

  private final DataFolder data;
  private final PostgresBinaries binaries;
  private final Launch launch;

  Cluster(DataFolder data, PostgresBinaries binaries, Launch launch) {
    this.data = data;
    this.binaries = binaries;
    this.launch = launch;
  }

  static Path emptyFolder(DataFolder data) throws IOException {
    Ownership.deleteAll(data.unfinished());
    var owner = PosixFilePermissions.fromString("rwx------");
    return Files.createDirectory(data.unfinished(), PosixFilePermissions.asFileAttribute(owner));
  }

  /** Fills {@link DataFolder#unfinished} and publishes it; on disk before it is published. */
  void create(boolean durable) throws IOException {
    var password = writePassword();
    run("", initdb("-A", "scram-sha-256", "-U", SUPERUSER, "--pwfile", passwordFile()));
    run(
        roleAndDatabase(password),
        command("postgres", "--single", "-F", "-D", folder(), "postgres"));
    Files.move(data.unfinishedPassword(), DataFolder.passwordIn(data.unfinished()));
    if (durable) {
      run("", command("initdb", "--sync-only", "-D", folder()));
    }
    Files.deleteIfExists(data.cluster());
    Files.move(data.unfinished(), data.cluster());
  }

  private String writePassword() throws IOException {
    var bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    var password = HexFormat.of().formatHex(bytes);
    Files.deleteIfExists(data.unfinishedPassword());
    Files.createFile(
        data.unfinishedPassword(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(data.unfinishedPassword(), password, US_ASCII);
    if (launch.owner() != Ownership.self()) {
      Ownership.give(data.unfinishedPassword(), launch.owner());
    }
    return password;
  }

  /** One statement a line, as single-user mode reads them. */
  private static String roleAndDatabase(String password) {
    return """
    create role %s login password '%s'
    create database %s owner %s
    """
        .formatted(ROLE, password, DATABASE, ROLE);
  }

  private ProcessBuilder initdb(String... access) {
    var builder =
        command(
            "initdb",
            "-D",
            folder(),
            "--no-sync",
            "--no-instructions",
            "--encoding=UTF8",
            "--no-locale",
            "--wal-segsize=" + LOG_FILE_MB,
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8");
    builder.command().addAll(List.of(access));
    return builder;
  }

  private ProcessBuilder command(String program, String... arguments) {
    var command = new ArrayList<>(launch.command(binaries.program(program)));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private void run(String input, ProcessBuilder builder) throws IOException {
    var log = data.log();
    var process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try (var stdin = process.outputWriter(US_ASCII)) {
      stdin.write(input);
    }
    try {
      if (process.waitFor() != 0) {
        throw new EmbeddedPostgresFailure("cannot create the database, see " + log);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresFailure("interrupted while creating the database", e);
    }
  }

  private String folder() {
    return data.unfinished().toString();
  }

  private String passwordFile() {
    return data.unfinishedPassword().toString();
  }
}
