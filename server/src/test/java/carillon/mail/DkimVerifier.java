package carillon.mail;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks a DKIM signature from the text of the RFC alone, sharing nothing with the signer. */
final class DkimVerifier {

  static boolean verifies(String message, PublicKey key) {
    int split = message.indexOf("\r\n\r\n");
    var fields = List.of(message.substring(0, split).split("\r\n(?![ \t])"));
    var signature =
        fields.stream().filter(f -> f.startsWith("DKIM-Signature:")).findFirst().orElseThrow();
    var tags = tags(signature);
    var bodyHash = hash(relaxedBody(message.substring(split + 4)).getBytes(StandardCharsets.UTF_8));
    return tags.get("bh").equals(Base64.getEncoder().encodeToString(bodyHash))
        && signatureFits(tags, headerInput(fields, signature, tags.get("h")), key);
  }

  static Map<String, String> tags(String signature) {
    return Arrays.stream(signature.substring(signature.indexOf(':') + 1).split(";"))
        .map(tag -> tag.split("=", 2))
        .collect(Collectors.toMap(tag -> tag[0].strip(), tag -> tag[1].replaceAll("\\s", "")));
  }

  private static String headerInput(List<String> fields, String signature, String names) {
    var left = new ArrayList<>(fields);
    left.remove(signature);
    var input = new StringBuilder();
    for (var name : names.split(":")) {
      var found = left.reversed().stream().filter(f -> nameOf(f).equals(name)).findFirst();
      found.ifPresent(f -> input.append(relaxed(f)).append("\r\n"));
      found.ifPresent(f -> left.remove(left.lastIndexOf(f)));
    }
    return input + relaxed(signature.replaceFirst("(;\\s*b=)[^;]*$", "$1"));
  }

  private static String nameOf(String field) {
    return field.substring(0, field.indexOf(':')).toLowerCase(java.util.Locale.ROOT).trim();
  }

  private static String relaxed(String field) {
    var value = field.substring(field.indexOf(':') + 1).replace("\r\n", "");
    return nameOf(field) + ":" + value.replaceAll("[ \t]+", " ").trim();
  }

  private static String relaxedBody(String body) {
    var lines = body.replaceAll("[ \t]+", " ").replaceAll(" (?=\r\n)| $", "");
    var trimmed = lines.replaceAll("(\r\n)+$", "");
    return trimmed.isEmpty() ? "" : trimmed + "\r\n";
  }

  private static boolean signatureFits(Map<String, String> tags, String input, PublicKey key) {
    try {
      boolean edwards = tags.get("a").equals("ed25519-sha256");
      var bytes = input.getBytes(StandardCharsets.UTF_8);
      var check = Signature.getInstance(edwards ? "Ed25519" : "SHA256withRSA");
      check.initVerify(key);
      check.update(edwards ? hash(bytes) : bytes);
      return check.verify(Base64.getDecoder().decode(tags.get("b")));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hash(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private DkimVerifier() {}
}
