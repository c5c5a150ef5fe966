package carillon.platform;

import static java.util.function.Predicate.not;

import carillon.platform.Settings.Dkim;
import carillon.platform.Settings.Hooks;
import carillon.platform.Settings.Inbound;
import carillon.platform.Settings.Kept;
import carillon.platform.Settings.LogFormat;
import carillon.platform.Settings.Mail;
import carillon.platform.Settings.Role;
import carillon.platform.fetch.Network;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Turns the texts of {@link SettingSources} into settings, and collects what cannot be read. */
final class SettingsReader {
  private static final String SHARED_BUFFERS = "128MB";
  private static final List<Network> LOOPBACK = networks("127.0.0.0/8, ::1");
  private static final int POOL_SIZE = 16;
  private static final int SMALLEST_POOL = 4;
  private static final int LARGEST_POOL = 500;

  private final SettingSources sources;

  private SettingsReader(SettingSources sources) {
    this.sources = sources;
  }

  static Settings read(Map<String, String> environment, Path workingDirectory) {
    var sources = new SettingSources(environment, workingDirectory);
    var settings = new SettingsReader(sources).settings(workingDirectory);
    if (!sources.faults().isEmpty()) {
      throw new InvalidSettings(sources.faults());
    }
    return settings;
  }

  private Settings settings(Path workingDirectory) {
    var database = read("CARILLON_DATABASE_URL", DatabaseAddress::parse);
    var secret = secret("CARILLON_SECRET");
    if (database.isPresent() && secret.isEmpty()) {
      sources.fault("CARILLON_SECRET is required together with CARILLON_DATABASE_URL");
    }
    return new Settings(
        text("CARILLON_HOST").orElse("127.0.0.1"),
        number("CARILLON_PORT", 0, 65535).orElse(8080),
        read("CARILLON_PUBLIC_URL", SettingsReader::publicUrl),
        read("CARILLON_ROLES", SettingsReader::roles).orElse(EnumSet.allOf(Role.class)),
        workingDirectory.resolve(text("CARILLON_DATA_DIR").orElse("data")).toAbsolutePath(),
        database,
        number("CARILLON_POOL_SIZE", SMALLEST_POOL, LARGEST_POOL).orElse(POOL_SIZE),
        read("CARILLON_SHARED_BUFFERS", SettingsReader::memory).orElse(SHARED_BUFFERS),
        secret,
        mail(),
        read("CARILLON_COMPANY_ID", SettingsReader::companyId),
        secret("CARILLON_PRIVATE_KEY"),
        text("CARILLON_POSTAL_CODES").map(workingDirectory::resolve),
        read("CARILLON_RATE_LIMITS", SettingsReader::rateLimit).orElse(Optional.of(1.0)),
        read("CARILLON_TRUSTED_PROXIES", SettingsReader::networks).orElse(LOOPBACK),
        read("CARILLON_LOG_FORMAT", text -> oneOf(LogFormat.class, text)));
  }

  private Mail mail() {
    return new Mail(
        read("CARILLON_SMTP_URL", SettingsReader::smtpUrl),
        dkim(),
        text("CARILLON_BOUNCE_DOMAIN"),
        new Inbound(
            text("CARILLON_BOUNCE_HOST").or(() -> text("CARILLON_HOST")).orElse("127.0.0.1"),
            bouncePort(),
            hooks()),
        new Kept(
            number("CARILLON_OUTBOX_MAILS", 1, 100_000_000).orElse(Kept.STANDARD.mails()),
            number("CARILLON_OUTBOX_DAYS", 1, 36_500).orElse(Kept.STANDARD.days())));
  }

  private Optional<Integer> bouncePort() {
    var port = number("CARILLON_BOUNCE_PORT", 1, 65535);
    if (port.isPresent() && text("CARILLON_BOUNCE_DOMAIN").isEmpty()) {
      sources.fault("CARILLON_BOUNCE_DOMAIN is required together with CARILLON_BOUNCE_PORT");
    }
    return port;
  }

  private Hooks hooks() {
    return new Hooks(
        read("CARILLON_HOOK_SES_TOPICS", SettingsReader::topics).orElse(Set.of()),
        read("CARILLON_HOOK_SENDGRID_KEY", SettingsReader::publicKey),
        secret("CARILLON_HOOK_MAILGUN_KEY"),
        read("CARILLON_HOOK_POSTMARK_LOGIN", SettingsReader::login));
  }

  private static Set<String> topics(String text) {
    var topics =
        Arrays.stream(text.split(",")).map(String::strip).filter(not(String::isEmpty)).toList();
    if (!topics.stream().allMatch(topic -> topic.matches("arn:aws[a-z-]*:sns:\\S+:\\d+:\\S+"))) {
      throw new IllegalArgumentException(
          "must be topics such as arn:aws:sns:eu-west-1:123456789012:bounces, with commas between");
    }
    return Set.copyOf(topics);
  }

  private static PublicKey publicKey(String text) {
    try {
      var key = new X509EncodedKeySpec(Base64.getDecoder().decode(text));
      return KeyFactory.getInstance("EC").generatePublic(key);
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      throw new IllegalArgumentException("must be the verification key as SendGrid shows it");
    }
  }

  private static Secret login(String text) {
    if (!text.matches("[^:]+:.+")) {
      throw new IllegalArgumentException("must be of the form user:password");
    }
    return new Secret(text);
  }

  private Optional<Dkim> dkim() {
    var key = secret("CARILLON_DKIM_KEY");
    var selector = text("CARILLON_DKIM_SELECTOR");
    var domain = text("CARILLON_DKIM_DOMAIN");
    if (key.isPresent() && selector.isPresent() && domain.isPresent()) {
      return Optional.of(new Dkim(key.get(), selector.get(), domain.get()));
    }
    if (key.isPresent() || selector.isPresent() || domain.isPresent()) {
      sources.fault(
          "CARILLON_DKIM_KEY, CARILLON_DKIM_SELECTOR and CARILLON_DKIM_DOMAIN go together");
    }
    return Optional.empty();
  }

  private Optional<String> text(String name) {
    return sources.value(name);
  }

  private Optional<Secret> secret(String name) {
    return text(name).map(Secret::new);
  }

  private Optional<Integer> number(String name, int least, int most) {
    return read(
        name,
        text -> {
          if (!text.matches("\\d{1,9}")
              || Integer.parseInt(text) < least
              || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(
                "must be a number from %d to %d".formatted(least, most));
          }
          return Integer.valueOf(text);
        });
  }

  private <T> Optional<T> read(String name, Function<String, T> parser) {
    try {
      return text(name).map(parser);
    } catch (IllegalArgumentException e) {
      sources.fault(name + " " + e.getMessage());
      return Optional.empty();
    }
  }

  private static URI publicUrl(String text) {
    var url = text.replaceAll("/+$", "");
    if (!url.matches("https?://[^\\s/?#@]+(/[^\\s?#]*)?")) {
      throw new IllegalArgumentException("must be a URL such as https://mail.example.com");
    }
    return uri(url);
  }

  private static Secret smtpUrl(String text) {
    if (!text.matches("smtps?://.+") || uri(text).getHost() == null) {
      throw new IllegalArgumentException(
          "must be of the form smtp://user:password@host:587 or smtps://...");
    }
    return new Secret(text);
  }

  /** The library's own message would repeat the text, which may hold a password. */
  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("is not a well-formed URL");
    }
  }

  private static Set<Role> roles(String text) {
    var roles = EnumSet.noneOf(Role.class);
    Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(not(String::isEmpty))
        .forEach(role -> roles.add(oneOf(Role.class, role)));
    return roles;
  }

  private static List<Network> networks(String text) {
    try {
      return Arrays.stream(text.split(","))
          .map(String::strip)
          .filter(not(String::isEmpty))
          .map(Network::of)
          .toList();
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("must be addresses or networks such as 10.0.0.0/8");
    }
  }

  private static String memory(String text) {
    if (!text.matches("[1-9]\\d{0,6}(kB|MB|GB)")) {
      throw new IllegalArgumentException("must be an amount such as 512MB or 2GB");
    }
    return text;
  }

  private static String companyId(String text) {
    if (!text.matches("[A-Za-z0-9]{6}")) {
      throw new IllegalArgumentException("must be six letters or digits");
    }
    return text;
  }

  private static Optional<Double> rateLimit(String text) {
    return switch (text) {
      case "on" -> Optional.of(1.0);
      case "off" -> Optional.empty();
      default -> {
        if (!text.matches("\\d{1,6}(\\.\\d{1,6})?") || Double.parseDouble(text) == 0) {
          throw new IllegalArgumentException("must be on, off or a factor such as 10");
        }
        yield Optional.of(Double.valueOf(text));
      }
    };
  }

  private static <E extends Enum<E>> E oneOf(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of "
                    + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
  }
}
