package carillon.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CursorCodecTest {

  private final CursorCodec codec = new CursorCodec("secret".getBytes());

  @Test
  void whatIsSealedCanBeOpened() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      var cursor =
          new Cursor(
              random.nextBoolean(),
              random.nextInt(4) == 0 ? Optional.empty() : Optional.of(text(random)),
              text(random));
      var token = codec.seal(cursor, "A /p x");
      assertThat(token).matches("[A-Za-z0-9_-]+");
      assertThat(codec.open(token, "A /p x")).as("seed %d", seed).contains(cursor);
      assertThat(codec.open(token, "A /p y")).as("seed %d", seed).isEmpty();
      assertThat(codec.open(token, "B /p x")).as("seed %d", seed).isEmpty();
    }
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(30), 1, 0xd800)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void anEmptyKeyIsNotAMissingOne() {
    var cursor = new Cursor(true, Optional.of(""), "");
    assertThat(codec.open(codec.seal(cursor, "x"), "x")).contains(cursor);
  }

  @Test
  void anotherSecretOpensNothing() {
    var token = codec.seal(new Cursor(true, Optional.empty(), "1"), "x");
    assertThat(new CursorCodec("other".getBytes()).open(token, "x")).isEmpty();
  }

  @Test
  void randomBytesOpenNothing() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      var bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      assertThat(codec.open(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), "x"))
          .as("seed %d", seed)
          .isEmpty();
    }
  }
}
