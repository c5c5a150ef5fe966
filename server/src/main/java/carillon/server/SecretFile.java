package carillon.server;

import carillon.platform.InvalidSettings;
import carillon.platform.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * The secret that signs links: the operator's, or one made on first start and kept beside the data.
 */
final class SecretFile {

  static byte[] of(Settings settings) {
    if (settings.secret().isPresent()) {
      return settings.secret().get().value().getBytes(StandardCharsets.UTF_8);
    }
    if (settings.database().isPresent()) {
      throw new InvalidSettings(
          List.of(
              "CARILLON_SECRET is required with a database of your own: all nodes must share it."));
    }
    return readOrMake(settings.dataDir().resolve("secret"));
  }

  private static byte[] readOrMake(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InvalidSettings(
          List.of("CARILLON_DATA_DIR: the secret cannot be kept in %s: %s".formatted(file, e)));
    }
  }

  /** Whole or not at all, and of two servers that start together one makes it for both. */
  private static void make(Path file) throws IOException {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    var folder = Files.createDirectories(file.toAbsolutePath().getParent());
    var made =
        Files.createTempFile(
            folder,
            "secret",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(made, HexFormat.of().formatHex(bytes));
      Files.createLink(file, made);
    } catch (FileAlreadyExistsException _) {
      // The other was faster.
    } finally {
      Files.delete(made);
    }
  }

  private SecretFile() {}
}
