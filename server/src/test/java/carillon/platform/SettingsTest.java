package carillon.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.platform.Settings.LogFormat;
import carillon.platform.Settings.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir private Path folder;

  @Test
  void everythingHasADefault() {
    var settings = read(Map.of());
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.publicUrl(8080)).isEqualTo(URI.create("http://127.0.0.1:8080"));
    assertThat(settings.roles()).containsExactlyInAnyOrder(Role.API, Role.WORKER);
    assertThat(settings.dataDir()).isEqualTo(folder.resolve("data"));
    assertThat(settings.database()).isEmpty();
    assertThat(settings.rateLimit()).contains(1.0);
    assertThat(settings.mail().smtpUrl()).isEmpty();
    assertThat(settings.mail().dkim()).isEmpty();
    assertThat(settings.logFormat()).isEmpty();
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    write("carillon.properties", "CARILLON_PORT=1\nCARILLON_HOST=0.0.0.0\n");
    var settings = read(Map.of("CARILLON_PORT", "2", "PATH", "/bin", "CARILLON_ROLES", " "));
    assertThat(settings.port()).isEqualTo(2);
    assertThat(settings.host()).isEqualTo("0.0.0.0");
    assertThat(settings.roles()).hasSize(2);
  }

  @Test
  void aSecretIsReadFromAFile() throws IOException {
    write("secret.txt", "s3cret\n");
    var settings = read(Map.of("CARILLON_SECRET_FILE", "secret.txt"));
    assertThat(settings.secret()).contains(new Secret("s3cret"));
  }

  @Test
  void aDatabaseUrlIsTakenApart() {
    var settings =
        read(
            Map.of(
                "CARILLON_DATABASE_URL",
                "postgresql://me:p%40ss+w@db.example:6432/shop?sslmode=require",
                "CARILLON_SECRET",
                "x"));
    var address = settings.database().orElseThrow();
    assertThat(address.user()).isEqualTo("me");
    assertThat(address.password().value()).isEqualTo("p@ss+w");
    assertThat(address.jdbcUrl())
        .isEqualTo("jdbc:postgresql://db.example:6432/shop?sslmode=require");
    assertThat(DatabaseAddress.parse(address.url())).isEqualTo(address);
  }

  @Test
  void valuesOfAllKindsAreRead() {
    var settings =
        read(
            Map.of(
                "CARILLON_RATE_LIMITS", "10",
                "CARILLON_LOG_FORMAT", "json",
                "CARILLON_ROLES", "worker",
                "CARILLON_PUBLIC_URL", "https://mail.example.com/",
                "CARILLON_COMPANY_ID", "AbC123",
                "CARILLON_SMTP_URL", "smtp://u:p@mx.example:587?starttls=required",
                "CARILLON_POOL_SIZE", "4"));
    assertThat(settings.rateLimit()).contains(10.0);
    assertThat(settings.logFormat()).contains(LogFormat.JSON);
    assertThat(settings.roles()).containsExactly(Role.WORKER);
    assertThat(settings.publicUrl(1)).isEqualTo(URI.create("https://mail.example.com"));
    assertThat(settings.companyId()).contains("AbC123");
    assertThat(settings.mail().smtpUrl()).isPresent();
    assertThat(settings.poolSize()).isEqualTo(4);
    assertThat(read(Map.of("CARILLON_RATE_LIMITS", "off")).rateLimit()).isEmpty();
  }

  @Test
  void allFaultsAreToldAtOnce() throws IOException {
    write("carillon.properties", "CARILLON_HOTS=x\nport=80\n");
    var wrong =
        Map.ofEntries(
            Map.entry("CARILLON_PORT", "70000"),
            Map.entry("CARILLON_ROLES", "api,boss"),
            Map.entry("CARILLON_DATABASE_URL", "mysql://u:p@h/d"),
            Map.entry("CARILLON_RATE_LIMITS", "0"),
            Map.entry("CARILLON_LOG_FORMAT", "xml"),
            Map.entry("CARILLON_COMPANY_ID", "toolong"),
            Map.entry("CARILLON_PUBLIC_URL", "example.com"),
            Map.entry("CARILLON_SMTP_URL", "http://x"),
            Map.entry("CARILLON_DKIM_SELECTOR", "s1"),
            Map.entry("CARILLON_SHARED_BUFFERS", "lots"),
            Map.entry("CARILLON_POOL_SIZE", "1"),
            Map.entry("CARILLON_SECRET_FILE", "missing.txt"));
    assertThatThrownBy(() -> read(wrong))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContainingAll(
            "CARILLON_HOTS is not a setting; did you mean CARILLON_HOST?",
            "port is not a setting",
            "CARILLON_PORT must be a number from 0 to 65535",
            "CARILLON_ROLES must be one of [api, worker]",
            "CARILLON_DATABASE_URL must begin with postgresql://",
            "CARILLON_RATE_LIMITS must be on, off or a factor",
            "CARILLON_LOG_FORMAT must be one of [text, json]",
            "CARILLON_COMPANY_ID must be six letters or digits",
            "CARILLON_PUBLIC_URL must be a URL",
            "CARILLON_SMTP_URL must be of the form",
            "CARILLON_DKIM_KEY, CARILLON_DKIM_SELECTOR and CARILLON_DKIM_DOMAIN go together",
            "CARILLON_SHARED_BUFFERS must be an amount",
            "CARILLON_POOL_SIZE must be a number from 4 to 500",
            "CARILLON_SECRET_FILE: cannot read missing.txt");
  }

  @Test
  void aNamedDatabaseNeedsASecret() {
    assertThatThrownBy(() -> read(Map.of("CARILLON_DATABASE_URL", "postgresql://u:p@h/d")))
        .hasMessage("CARILLON_SECRET is required together with CARILLON_DATABASE_URL");
  }

  @Test
  void aValueAndAFileForItExcludeEachOther() throws IOException {
    write("f", "x");
    assertThatThrownBy(() -> read(Map.of("CARILLON_SECRET", "x", "CARILLON_SECRET_FILE", "f")))
        .hasMessage("CARILLON_SECRET and CARILLON_SECRET_FILE exclude each other");
  }

  @Test
  void secretsAreNeverPrinted() {
    var settings =
        read(
            Map.of(
                "CARILLON_DATABASE_URL", "postgresql://me:hidden@h/d",
                "CARILLON_SECRET", "hidden",
                "CARILLON_PRIVATE_KEY", "hidden",
                "CARILLON_SMTP_URL", "smtps://u:hidden@h",
                "CARILLON_DKIM_KEY", "hidden",
                "CARILLON_DKIM_SELECTOR", "s",
                "CARILLON_DKIM_DOMAIN", "d"));
    assertThat(settings.toString()).doesNotContain("hidden");
    var broken = Map.of("CARILLON_DATABASE_URL", "postgresql://me:hid den@h/d");
    assertThatThrownBy(() -> read(broken)).hasMessageNotContaining("hid den");
  }

  private Settings read(Map<String, String> environment) {
    return Settings.read(environment, folder);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
