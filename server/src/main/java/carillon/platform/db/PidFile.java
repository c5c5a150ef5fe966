package carillon.platform.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What PostgreSQL tells about itself in {@code postmaster.pid}. */
final class PidFile {
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  private final Path file;

  PidFile(Path cluster) {
    this.file = cluster.resolve("postmaster.pid");
  }

  Optional<Long> pid() {
    return lines().stream()
        .findFirst()
        .map(String::strip)
        .filter(line -> line.matches("[1-9]\\d{0,9}"))
        .map(Long::valueOf);
  }

  /** The file of a killed server may still claim to be ready, so the process must be named. */
  boolean saysReady(long pid) {
    var lines = lines();
    return lines.size() > STATUS_LINE
        && lines.getFirst().strip().equals(Long.toString(pid))
        && lines.get(STATUS_LINE).strip().equals("ready");
  }

  /** Where it listens, once it is ready. */
  Optional<Integer> readyPort() {
    var lines = lines();
    return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready")
        ? Optional.of(Integer.valueOf(lines.get(PORT_LINE).strip()))
        : Optional.empty();
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException _) {
      return List.of();
    }
  }
}
