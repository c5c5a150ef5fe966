package carillon.platform.db;

import carillon.platform.DatabaseAddress;
import carillon.platform.Secret;
import carillon.platform.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own: a child process on the loopback interface, its data in the data
 * directory, its password generated there. Started again when it dies, stopped by {@link #close},
 * and by the kernel when this process is killed.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final int PORTS_TRIED = 3;

  private final DataFolder data;
  private final Postmaster postmaster;
  private final int port;
  private final Secret password;

  /**
   * How to run it.
   *
   * @param dataDirectory created when absent; PostgreSQL uses its folder {@code postgres}
   * @param sharedBuffers as PostgreSQL writes it, such as {@code 128MB}
   * @param maxConnections connections it accepts
   * @param durable false gives up safety against power cuts for speed: for tests only
   */
  public record Options(
      Path dataDirectory, String sharedBuffers, int maxConnections, boolean durable) {
    private static final int SPARE_CONNECTIONS = 34;

    /** As the settings have it, durable, with connections to spare for a second node. */
    public static Options of(Settings settings) {
      return new Options(
          settings.dataDir(),
          settings.sharedBuffers(),
          2 * settings.poolSize() + SPARE_CONNECTIONS,
          true);
    }
  }

  private EmbeddedPostgres(DataFolder data, Postmaster postmaster, int port, Secret password) {
    this.data = data;
    this.postmaster = postmaster;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts PostgreSQL and returns when it accepts connections. Makes the database on the first
   * start; recovers it after a crash.
   *
   * @throws EmbeddedPostgresFailure when this user, machine or data directory does not allow it
   */
  public static EmbeddedPostgres start(Options options) {
    try {
      var data = DataFolder.hold(options.dataDirectory());
      try {
        return start(options, data);
      } catch (IOException | RuntimeException | InterruptedException e) {
        data.close();
        throw e;
      }
    } catch (IOException e) {
      throw new EmbeddedPostgresFailure("cannot start PostgreSQL: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresFailure("interrupted while starting PostgreSQL", e);
    }
  }

  /**
   * How to reach the database that a running server keeps in a data directory, as the role that
   * owns it; empty when none does.
   */
  public static Optional<DatabaseAddress> running(Path dataDirectory) {
    try {
      if (!DataFolder.isHeld(dataDirectory)) {
        return Optional.empty();
      }
      var cluster = DataFolder.clusterIn(dataDirectory.toRealPath());
      var port = new PidFile(cluster).readyPort();
      if (port.isEmpty()) {
        return Optional.empty();
      }
      var password = DataFolder.passwordOf(cluster);
      return Optional.of(address(port.get(), Cluster.ROLE, Cluster.DATABASE, password));
    } catch (IOException e) {
      throw new EmbeddedPostgresFailure("cannot look into " + dataDirectory + ": " + e, e);
    }
  }

  /** How to reach the database as the role that owns it. */
  public DatabaseAddress address() {
    return address(port, Cluster.ROLE, Cluster.DATABASE, password);
  }

  /** How to reach the server as its superuser, for making further databases. */
  public DatabaseAddress superuser() {
    return address(port, Cluster.SUPERUSER, "postgres", password);
  }

  /** The process, for those who want to measure or kill it. */
  public long pid() {
    return postmaster.pid();
  }

  /** Stops PostgreSQL cleanly; open connections end. */
  @Override
  public void close() {
    postmaster.stop();
    try {
      data.close();
    } catch (IOException e) {
      LOG.warn("cannot release the data directory", e);
    }
  }

  private static EmbeddedPostgres start(Options options, DataFolder data)
      throws IOException, InterruptedException {
    data.refuseForeign();
    new Orphans(data.cluster()).stop();
    var binaries = PostgresBinaries.unpacked(caches(data));
    boolean exists = data.hasCluster();
    var folder = exists ? data.cluster() : Cluster.emptyFolder(data);
    var launch = launch(binaries, folder);
    if (!exists) {
      new Cluster(data, binaries, launch).create(options.durable());
    }
    return start(options, data, binaries, launch);
  }

  /** Between our choice of a free port and its use another program may take it. */
  private static EmbeddedPostgres start(
      Options options, DataFolder data, PostgresBinaries binaries, Launch launch)
      throws IOException, InterruptedException {
    for (int tried = 0; tried < PORTS_TRIED; tried++) {
      int port = freePort();
      var command = command(options, data, binaries, launch, port);
      var postmaster = new Postmaster(command, data.cluster(), data.log());
      if (started(postmaster)) {
        return new EmbeddedPostgres(data, postmaster, port, data.readPassword());
      }
      if (isFree(port)) {
        break;
      }
    }
    throw new EmbeddedPostgresFailure("PostgreSQL did not start, see " + data.log());
  }

  private static boolean started(Postmaster postmaster) throws InterruptedException {
    try {
      return postmaster.start();
    } catch (InterruptedException e) {
      postmaster.stop();
      throw e;
    }
  }

  static List<Path> caches(DataFolder data) {
    var shared =
        Ownership.self() == Ownership.ROOT
            ? Path.of("/var/cache/carillon")
            : Path.of(System.getProperty("user.home"), ".cache", "carillon");
    return List.of(shared, data.programs());
  }

  private static Launch launch(PostgresBinaries binaries, Path cluster) throws IOException {
    var obstacles = new ArrayList<String>();
    for (var way : Launch.ways(Ownership.self(), Ownership.owner(cluster))) {
      if (Ownership.self() == Ownership.ROOT && Ownership.owner(cluster) != way.owner()) {
        Ownership.giveAll(cluster, way.owner());
      }
      var obstacle = way.obstacle(binaries, cluster);
      if (obstacle.isEmpty()) {
        return way;
      }
      obstacles.add(String.join(" ", way.prefix()) + ": " + obstacle);
    }
    throw new EmbeddedPostgresFailure(
        """
        PostgreSQL cannot be run by this user in %s: run Carillon as an ordinary user, set \
        CARILLON_DATA_DIR to a directory everybody may enter, or set CARILLON_DATABASE_URL. Tried:
        %s\
        """
            .formatted(cluster, String.join("\n", obstacles)));
  }

  static List<String> command(
      Options options, DataFolder data, PostgresBinaries binaries, Launch launch, int port) {
    var command =
        new ArrayList<>(
            launch.command(binaries.program("postgres"), "-D", data.cluster().toString()));
    PostgresSettings.of(options, LOOPBACK, port)
        .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return command;
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
      return socket.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getByName(LOOPBACK))) {
      return socket.isBound();
    } catch (IOException _) {
      return false;
    }
  }

  private static DatabaseAddress address(int port, String user, String database, Secret password) {
    return new DatabaseAddress(LOOPBACK, port, database, user, password, Map.of());
  }
}
