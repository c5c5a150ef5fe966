package carillon.mcp;

import carillon.jsonapi.Json;
import carillon.platform.db.Database;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens that confirm a call: each good once, for one key, tool, set of arguments and state of
 * things, for a while. Any node that shares the secret can check them; the database knows which
 * were used.
 */
final class Confirmations {

  static final Duration VALID = Duration.ofMinutes(15);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SEAL = 16;
  private static final int HEAD = 2 * Long.BYTES;

  private final Database db;
  private final SecretKeySpec key;
  private final Clock clock;

  Confirmations(Database db, byte[] secret, Clock clock) {
    this.db = db;
    this.key =
        new SecretKeySpec(
            mac(new SecretKeySpec(secret, ALGORITHM))
                .doFinal("confirmations of agents".getBytes(StandardCharsets.UTF_8)),
            ALGORITHM);
    this.clock = clock;
  }

  /**
   * What a token is good for.
   *
   * @param version of what the call is about, so that a changed campaign needs a new token
   */
  record Deed(String keyId, String tool, ObjectNode arguments, String version) {}

  /** A token for a deed that reaches so many people. */
  String issue(Deed deed, long people) {
    var head =
        ByteBuffer.allocate(HEAD)
            .putLong(clock.instant().plus(VALID).getEpochSecond())
            .putLong(people)
            .array();
    var token = ByteBuffer.allocate(HEAD + SEAL).put(head).put(seal(head, deed)).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** The number of people a token confirms; empty when it is not good for the deed, or too old. */
  Optional<Long> confirmed(String token, Deed deed) {
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
      if (bytes.remaining() != HEAD + SEAL) {
        return Optional.empty();
      }
      var head = new byte[HEAD];
      var seal = new byte[SEAL];
      bytes.get(head).get(seal);
      var told = ByteBuffer.wrap(head);
      var expires = told.getLong();
      return MessageDigest.isEqual(seal, seal(head, deed))
              && clock.instant().getEpochSecond() <= expires
          ? Optional.of(told.getLong())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Uses a token up; false when it was used before. */
  boolean use(String account, String token) {
    var now = clock.instant();
    db.sql("delete from agent_confirmation where account_id = :account and used_at < :before")
        .bind("account", account)
        .bind("before", now.minus(VALID))
        .run();
    return db.sql(
                """
                insert into agent_confirmation (account_id, token, used_at)
                values (:account, :token, :now) on conflict do nothing
                """)
            .bind("account", account)
            .bind("token", token)
            .bind("now", now)
            .run()
        > 0;
  }

  /** Makes good again what was used for a call that did nothing. */
  void restore(String account, String token) {
    db.sql("delete from agent_confirmation where account_id = :account and token = :token")
        .bind("account", account)
        .bind("token", token)
        .run();
  }

  private byte[] seal(byte[] head, Deed deed) {
    var mac = mac(key);
    mac.update(head);
    for (var part :
        new String[] {deed.keyId(), deed.tool(), deed.version(), sorted(deed.arguments())}) {
      var bytes = part.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      mac.update(bytes);
    }
    return Arrays.copyOf(mac.doFinal(), SEAL);
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same text for the same arguments, in whatever order their members come. */
  private static String sorted(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        var members = new TreeMap<String, String>();
        object
            .properties()
            .forEach(one -> members.put(quoted(one.getKey()), sorted(one.getValue())));
        yield members.toString();
      }
      case ArrayNode array -> {
        var elements = new ArrayList<String>();
        array.forEach(one -> elements.add(sorted(one)));
        yield elements.toString();
      }
      default -> value.toString();
    };
  }

  private static String quoted(String name) {
    return Json.MAPPER.getNodeFactory().stringNode(name).toString();
  }
}
