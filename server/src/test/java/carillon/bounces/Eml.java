package carillon.bounces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reports in the shape that mail servers give them, made out for a message. */
record Eml(String recipient, String verp, String id) {

  String of(String name) {
    return of(name, Map.of("type", "abuse"));
  }

  String of(String name, Map<String, String> more) {
    try (var in = Eml.class.getResourceAsStream("/carillon/bounces/" + name + ".eml")) {
      var text =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("{recipient}", recipient)
              .replace("{verp}", verp)
              .replace("{id}", id);
      for (var one : more.entrySet()) {
        text = text.replace("{" + one.getKey() + "}", one.getValue());
      }
      return text.replace("\n", "\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
