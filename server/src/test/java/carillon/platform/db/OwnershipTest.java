package carillon.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {
  @TempDir private Path folder;

  @Test
  void whoRunsThisOwnsWhatItMakes() throws IOException {
    assertThat(Ownership.self()).isEqualTo(Ownership.owner(Files.createFile(folder.resolve("x"))));
  }

  @Test
  void aFolderOthersMayWriteToIsNotPrivate() throws IOException {
    int self = Ownership.self();
    permit("rwxr-xr-x");
    assertThat(Ownership.isPrivateTo(self, folder)).isTrue();
    assertThat(Ownership.isPrivateTo(self + 1, folder)).isFalse();
    permit("rwxrwxr-x");
    assertThat(Ownership.isPrivateTo(self, folder)).isFalse();
    var link = Files.createSymbolicLink(folder.resolve("link"), folder);
    assertThat(Ownership.isPrivateTo(self, link)).isFalse();
  }

  private void permit(String permissions) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
  }
}
