package carillon.platform;

import carillon.platform.fetch.Network;
import java.net.URI;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator decides, read once at start from the environment and {@code
 * carillon.properties}.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 for any free one
 * @param publicUrl base of links in answers and mails without a final slash; empty: host and port
 * @param roles what this node does
 * @param dataDir embedded database, image files, generated secret
 * @param database the database to use; empty: the embedded one
 * @param poolSize most database connections of this node
 * @param sharedBuffers memory of the embedded database for its pages, as PostgreSQL writes it
 * @param secret signs links; empty: generated into the data directory
 * @param mail how mail leaves
 * @param companyId id of the account to create on an empty database; empty: made up
 * @param privateKey full-access key to create on an empty database; empty: made up
 * @param postalCodes file that tells where postal codes lie; empty: nobody knows
 * @param rateLimit factor on all rate limits; empty: no limits
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 * @param logFormat empty: text on a terminal, else JSON
 */
public record Settings(
    String host,
    int port,
    Optional<URI> publicUrl,
    Set<Role> roles,
    Path dataDir,
    Optional<DatabaseAddress> database,
    int poolSize,
    String sharedBuffers,
    Optional<Secret> secret,
    Mail mail,
    Optional<String> companyId,
    Optional<Secret> privateKey,
    Optional<Path> postalCodes,
    Optional<Double> rateLimit,
    List<Network> trustedProxies,
    Optional<LogFormat> logFormat) {

  /** What a node may be asked to do. */
  public enum Role {
    /** Serve HTTP. */
    API,
    /** Work through queues and timers. */
    WORKER
  }

  /** How log lines are written. */
  public enum LogFormat {
    /** For people. */
    TEXT,
    /** For collectors, one object a line. */
    JSON
  }

  /**
   * How mail leaves.
   *
   * @param smtpUrl {@code smtp://} or {@code smtps://} with credentials; empty: the built-in outbox
   * @param dkim signs every mail; empty: no signatures
   * @param bounceDomain domain of the bounce addresses; empty: mails bounce to their sender
   * @param inbound how it is told what became of it
   * @param kept how long the built-in outbox keeps it
   */
  public record Mail(
      Optional<Secret> smtpUrl,
      Optional<Dkim> dkim,
      Optional<String> bounceDomain,
      Inbound inbound,
      Kept kept) {}

  /**
   * How long the built-in outbox keeps mails.
   *
   * @param mails the newest of each account that are kept
   * @param days after which they go in any case
   */
  public record Kept(int mails, int days) {

    /** 100,000 mails for 30 days. */
    public static final Kept STANDARD = new Kept(100_000, 30);
  }

  /**
   * How bounces and complaints come in.
   *
   * @param host address to take mail on
   * @param port port to take mail on; empty: takes none
   * @param hooks whose notices are taken over HTTP
   */
  public record Inbound(String host, Optional<Integer> port, Hooks hooks) {

    /** Nothing comes in. */
    public static final Inbound NONE = new Inbound("127.0.0.1", Optional.empty(), Hooks.NONE);
  }

  /**
   * What the notices of providers are verified with; nothing is taken from a provider that is left
   * out.
   *
   * @param sesTopics the Amazon SNS topics that are the operator's own
   * @param sendGrid the public key of the signed event webhook
   * @param mailgun the webhook signing key
   * @param postmark {@code user:password} as they stand in the webhook's URL
   */
  public record Hooks(
      Set<String> sesTopics,
      Optional<PublicKey> sendGrid,
      Optional<Secret> mailgun,
      Optional<Secret> postmark) {

    /** From nobody. */
    public static final Hooks NONE =
        new Hooks(Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Copies the topics. */
    public Hooks {
      sesTopics = Set.copyOf(sesTopics);
    }
  }

  /**
   * A DKIM signature's key.
   *
   * @param key the private key, PEM
   * @param selector name of the key below {@code _domainkey}
   * @param domain the signing domain
   */
  public record Dkim(Secret key, String selector, String domain) {}

  /** Copies the roles and proxies. */
  public Settings {
    roles = Set.copyOf(roles);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /**
   * Reads the settings: {@code environment} wins over {@code carillon.properties} in {@code
   * workingDirectory}; {@code NAME_FILE} names a file that holds the value of {@code NAME}.
   *
   * @throws InvalidSettings with all faults at once
   */
  public static Settings read(Map<String, String> environment, Path workingDirectory) {
    return SettingsReader.read(environment, workingDirectory);
  }

  /** The base of links, given the port that was chosen when {@link #port} is 0. */
  public URI publicUrl(int listeningPort) {
    return publicUrl.orElseGet(() -> URI.create("http://" + host + ":" + listeningPort));
  }
}
