package carillon.platform.db;

import carillon.platform.DatabaseAddress;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;

/**
 * How connections are pooled. The size of the pool is what limits the work in flight: virtual
 * threads are without number, connections are not, and who waits too long for one is told so.
 */
final class Pool {
  private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(3);
  private static final Duration WAIT_FOR_START = Duration.ofSeconds(15);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);
  private static final long ONE_ATTEMPT = 1;
  private static final Duration IDLE_KEPT = Duration.ofMinutes(1);
  private static final int IDLE_CONNECTIONS = 2;

  static HikariDataSource open(DatabaseAddress address, int size, MeterRegistry registry) {
    var config = new HikariConfig();
    config.setPoolName("database");
    config.setJdbcUrl(address.jdbcUrl());
    config.setUsername(address.user());
    config.setPassword(address.password().value());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(IDLE_CONNECTIONS, size));
    config.setIdleTimeout(IDLE_KEPT.toMillis());
    config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
    config.setInitializationFailTimeout(ONE_ATTEMPT);
    config.setConnectionInitSql("set time zone 'UTC'");
    config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // The server's detail lines quote the offending row, which is personal data.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    return opened(config, address);
  }

  /** A server may still be on its way up; one that refuses the login will go on doing so. */
  private static HikariDataSource opened(HikariConfig config, DatabaseAddress address) {
    long deadline = System.nanoTime() + WAIT_FOR_START.toNanos();
    while (true) {
      try {
        return new HikariDataSource(config);
      } catch (PoolInitializationException e) {
        if (!isOnItsWay(e) || System.nanoTime() > deadline) {
          throw new DatabaseUnavailable(
              "no database at %s:%d: %s"
                  .formatted(address.host(), address.port(), e.getCause().getMessage()),
              e);
        }
        pause(e);
      }
    }
  }

  private static boolean isOnItsWay(PoolInitializationException failure) {
    return failure.getCause() instanceof SQLException fault
        && fault.getSQLState() != null
        && (fault.getSQLState().startsWith("08") || fault.getSQLState().equals("57P03"));
  }

  private static void pause(PoolInitializationException failure) {
    try {
      Thread.sleep(BETWEEN_ATTEMPTS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailable("interrupted while waiting for the database", failure);
    }
  }

  private Pool() {}
}
