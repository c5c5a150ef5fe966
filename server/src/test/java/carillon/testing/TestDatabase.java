package carillon.testing;

import carillon.platform.DatabaseAddress;
import carillon.platform.db.Database;
import carillon.platform.db.EmbeddedPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Databases for tests. One PostgreSQL serves all tests of a JVM, started when first asked for and
 * stopped at the end; every call makes a new database from a migrated template, in about a tenth of
 * a second. Nothing needs to be closed, but closing early frees connections.
 */
public final class TestDatabase {
  /** Connections of each test database. */
  public static final int POOL_SIZE = 8;

  private static final int CONNECTIONS = 300;
  private static final String TEMPLATE = "migrated";
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** A new, migrated and otherwise empty database. */
  public static Database create() {
    return Database.open(createAddress(), POOL_SIZE, new SimpleMeterRegistry());
  }

  /** As {@link #create}, for who wants to open it himself or hand it to another process. */
  public static DatabaseAddress createAddress() {
    var name = "test" + COUNT.incrementAndGet();
    Server.run("create database " + name + " template " + TEMPLATE);
    return Server.POSTGRES.superuser().withDatabase(name);
  }

  /** Started on first use by the class loader, which lets one thread do it and others wait. */
  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      var folder = folder();
      var postgres =
          EmbeddedPostgres.start(new EmbeddedPostgres.Options(folder, "128MB", CONNECTIONS, false));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, folder)));
      run(postgres, "create database " + TEMPLATE);
      Database.open(
              postgres.superuser().withDatabase(TEMPLATE), POOL_SIZE, new SimpleMeterRegistry())
          .close();
      return postgres;
    }

    static void run(String sql) {
      run(POSTGRES, sql);
    }

    private static void run(EmbeddedPostgres postgres, String sql) {
      var address = postgres.superuser();
      try (var connection =
              DriverManager.getConnection(
                  address.jdbcUrl(), address.user(), address.password().value());
          var statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }

    private static void stop(EmbeddedPostgres postgres, Path folder) {
      postgres.close();
      TestFolders.delete(folder);
    }

    private static Path folder() {
      return TestFolders.create("carillon-test-");
    }
  }

  private TestDatabase() {}
}
