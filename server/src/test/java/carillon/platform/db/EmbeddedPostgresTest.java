package carillon.platform.db;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.platform.DatabaseAddress;
import carillon.testing.TestFolders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Path folder;

  @BeforeEach
  void makeFolder() {
    folder = TestFolders.create("carillon-embedded-");
  }

  @AfterEach
  void deleteFolder() {
    TestFolders.delete(folder);
  }

  @Test
  void dataOutlivesARestart() {
    withDatabase(db -> {
      db.sql("create table kept (n int)").run();
      db.sql("insert into kept values (1)").run();
    });
    withDatabase(db -> assertThat(kept(db)).isEqualTo(1));
  }

  @Test
  void itRunsDurablyAndUnprivileged() throws IOException {
    try (var postgres = start();
        var db = open(postgres)) {
      assertThat(show(db, "fsync")).isEqualTo("on");
      assertThat(show(db, "synchronous_commit")).isEqualTo("on");
      assertThat(show(db, "full_page_writes")).isEqualTo("on");
      assertThat(show(db, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(show(db, "data_checksums")).isEqualTo("on");
      assertThat(show(db, "is_superuser")).isEqualTo("off");
      assertThat(Ownership.owner(Path.of("/proc/" + postgres.pid()))).isNotEqualTo(Ownership.ROOT);
    }
  }

  @Test
  void onlyThePasswordOpensIt() throws IOException {
    try (var postgres = start()) {
      var password = folder.resolve("postgres/carillon.password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
          .isEqualTo("rw-------");
      var guess =
          DatabaseAddress.parse(
              postgres.address().url().replace(postgres.address().password().value(), "guess"));
      assertThatThrownBy(() -> Database.open(guess, 4, new SimpleMeterRegistry()))
          .isInstanceOf(DatabaseUnavailable.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void aKilledPostgresIsStartedAgainWithEverythingCommitted() {
    try (var postgres = start();
        var db = open(postgres)) {
      db.sql("create table kept (n int)").run();
      db.sql("insert into kept values (1)").run();
      var process = ProcessHandle.of(postgres.pid()).orElseThrow();
      assertThat(process.destroyForcibly()).isTrue();
      process.onExit().join();
      assertThat(eventually(() -> kept(db))).isEqualTo(1);
    }
  }

  @Test
  void aPostgresLeftByAKilledServerIsStoppedFirst() throws Exception {
    makeCluster();
    var orphan = orphan();
    withDatabase(db -> assertThat(show(db, "fsync")).isEqualTo("on"));
    assertThat(orphan.waitFor(1, SECONDS)).isTrue();
  }

  @Test
  void aPidFileThatNamesAStrangerIsNoObstacle() throws IOException {
    makeCluster();
    long stranger = ProcessHandle.current().pid();
    Files.writeString(
        folder.resolve("postgres/postmaster.pid"),
        stranger + "\n" + folder.resolve("postgres") + "\n1\n1\n\n127.0.0.1\n0 0\nready\n");
    withDatabase(db -> assertThat(show(db, "fsync")).isEqualTo("on"));
  }

  @Test
  void itEndsWithAServerThatIsKilled() throws Exception {
    makeCluster();
    var server = ServerProcess.start(folder);
    var postgres = server.postgres();
    server.kill();
    postgres.onExit().get(PATIENCE.toSeconds(), SECONDS);
    assertThat(postgres.isAlive()).isFalse();
    withDatabase(db -> assertThat(show(db, "fsync")).isEqualTo("on"));
  }

  @Test
  void oneFolderServesOneServer() {
    try (var _ = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(EmbeddedPostgresFailure.class)
          .hasMessageContaining("in use by another Carillon server");
      assertThatThrownBy(() -> ServerProcess.start(folder).postgres())
          .hasMessageContaining("in use by another Carillon server");
    }
  }

  @Test
  void itIsFoundWhileItRuns() {
    assertThat(EmbeddedPostgres.running(folder)).isEmpty();
    try (var postgres = start()) {
      assertThat(EmbeddedPostgres.running(folder)).contains(postgres.address());
    }
    assertThat(EmbeddedPostgres.running(folder)).isEmpty();
  }

  @Test
  void aFolderOfAnotherVersionIsRefused() throws IOException {
    makeCluster();
    Files.writeString(folder.resolve("postgres/PG_VERSION"), "19\n");
    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedPostgresFailure.class)
        .hasMessageContaining("made by PostgreSQL 19, this server brings PostgreSQL 18");
  }

  @Test
  void aFolderOfSomebodyElseIsRefusedAndLeftAlone() throws IOException {
    var letter = Files.createDirectory(folder.resolve("postgres")).resolve("letter.txt");
    Files.writeString(letter, "dear");
    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedPostgresFailure.class)
        .hasMessageContaining("files that are not a PostgreSQL data directory");
    assertThat(letter).hasContent("dear");
    Files.writeString(letter.resolveSibling("PG_VERSION"), "18\n");
    assertThatThrownBy(this::start).hasMessageContaining("was not made by Carillon");
  }

  @Test
  void aFirstStartThatWasInterruptedIsBegunAgain() throws IOException {
    var half = Files.createDirectories(folder.resolve("postgres.new/base"));
    Files.writeString(half.resolveSibling("PG_VERSION"), "18\n");
    withDatabase(db -> assertThat(show(db, "fsync")).isEqualTo("on"));
    assertThat(folder.resolve("postgres.new")).doesNotExist();
  }

  @Test
  void aClosedFolderIsServedToo() throws IOException {
    var closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    var options = new EmbeddedPostgres.Options(closed, "32MB", 20, true);
    for (int start = 0; start < 2; start++) {
      try (var postgres = EmbeddedPostgres.start(options);
          var db = open(postgres)) {
        assertThat(show(db, "shared_buffers")).isEqualTo("32MB");
      }
    }
  }

  private interface Use {
    void of(Database db);
  }

  private void withDatabase(Use use) {
    try (var postgres = start();
        var db = open(postgres)) {
      use.of(db);
    }
  }

  private void makeCluster() {
    start().close();
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(options());
  }

  private EmbeddedPostgres.Options options() {
    return new EmbeddedPostgres.Options(folder, "32MB", 20, true);
  }

  private static Database open(EmbeddedPostgres postgres) {
    return Database.open(postgres.address(), 4, new SimpleMeterRegistry());
  }

  /** A PostgreSQL in the folder that no living server has started. */
  private Process orphan() throws IOException, InterruptedException {
    var data = DataFolder.hold(folder);
    try (data) {
      var binaries = PostgresBinaries.unpacked(EmbeddedPostgres.caches(data));
      var launch = Launch.ways(Ownership.self(), Ownership.owner(data.cluster())).getFirst();
      var command =
          EmbeddedPostgres.command(options(), data, binaries, launch, EmbeddedPostgres.freePort());
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(data.log().toFile()))
              .start();
      var pidFile = new PidFile(data.cluster());
      while (!pidFile.saysReady(process.pid())) {
        assertThat(process.waitFor(5, MILLISECONDS)).isFalse();
      }
      return process;
    }
  }

  private static int kept(Database db) {
    return db.sql("select n from kept").one(row -> row.integer("n"));
  }

  private static String show(Database db, String name) {
    return db.sql("select current_setting(:name) as value")
        .bind("name", name)
        .one(row -> row.text("value"));
  }

  /** Asks until the database is back; every refusal on the way must be the right one. */
  private static <T> T eventually(Supplier<T> question) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return question.get();
      } catch (DatabaseUnavailable e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }
}
