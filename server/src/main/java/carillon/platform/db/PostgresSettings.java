package carillon.platform.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of the embedded PostgreSQL: two cores, little memory, solid-state disks. */
final class PostgresSettings {

  private static final long MB = 1 << 20;
  private static final long LEAST_LOG = 1024;
  private static final long MOST_LOG = 8192;

  static Map<String, String> of(EmbeddedPostgres.Options options, String address, int port) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("listen_addresses", address);
    settings.put("port", Integer.toString(port));
    settings.put("unix_socket_directories", "");
    settings.put("max_connections", Integer.toString(options.maxConnections()));
    settings.put("shared_buffers", options.sharedBuffers());
    settings.put("maintenance_work_mem", "64MB");
    settings.put("effective_cache_size", "1GB");
    settings.put("random_page_cost", "1.1");
    settings.put("max_wal_size", logSpace(options.dataDirectory()) + "MB");
    settings.put("checkpoint_timeout", "15min");
    settings.put("max_worker_processes", "4");
    settings.put("max_parallel_workers_per_gather", "1");
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
    settings.put("log_checkpoints", "off");
    // Messages about statements quote values, which are personal data: the log stays without them.
    settings.put("log_min_messages", "log");
    settings.put("log_min_error_statement", "panic");
    settings.put("log_error_verbosity", "terse");
    var safe = options.durable() ? "on" : "off";
    settings.put("fsync", safe);
    settings.put("synchronous_commit", safe);
    settings.put("full_page_writes", safe);
    return settings;
  }

  /**
   * Megabytes the write-ahead log may take between checkpoints: a tenth of what is free. After each
   * checkpoint every page is logged as a whole when it is first changed, so events that land all
   * over large indexes cost several times as much when checkpoints are near each other.
   */
  private static long logSpace(Path folder) {
    try {
      var free = Files.getFileStore(folder).getUsableSpace() / MB;
      return Math.clamp(free / 10, LEAST_LOG, MOST_LOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PostgresSettings() {}
}
