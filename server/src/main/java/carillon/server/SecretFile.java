package carillon.server;

import carillon.platform.InvalidSettings;
import carillon.platform.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(bytes));
      }
      return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the secret in " + file, e);
    }
  }

  private SecretFile() {}
}
