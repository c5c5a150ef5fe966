package carillon.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import carillon.images.UnusableImage.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataUriTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data:,hello                              | hello
          data:text/plain,a%20b%2Cc                | a b,c
          data:;charset=utf-8,a,b+c                | a,b+c
          data:image/png;base64,aGVsbG8=           | hello
          data:image/png;base64,aGVsbG8            | hello
          data:image/png;base64,aGVsbG8%3D         | hello
          data:image/png;base64,aGVs%0AbG8=        | hello
          data:image/png;base64,aGVs bG8=          | hello
          DATA:image/png;BASE64,aGVsbG8=           | hello
          data:image/png;name=a;base64,aGVsbG8=    | hello
          data:;base64,Pz8/Pz8_-w==                | ??????\u00fb
          data:image/png;base64,                   | ''
          """)
  void theBytesAreFound(String url, String text) throws UnusableImage {
    assertThat(DataUri.bytes(url)).isEqualTo(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data:",
        "data:image/png",
        "data:image/png;base64",
        "data:,%",
        "data:,%4",
        "data:,%4g",
        "data:,%\uff11\uff12",
        "data:,\u00e9",
        "data:;base64,a",
        "data:;base64,*",
        "data:;base64,a===",
        "data:;base64,aGVsbG8=aGVs",
        "http://shop.example/,a"
      })
  void othersAreRefused(String url) {
    assertThat(catchThrowableOfType(UnusableImage.class, () -> DataUri.bytes(url)).reason())
        .isEqualTo(Reason.BAD_DATA_URI);
  }

  @Test
  void theLargestImageFitsWhateverItsSpelling() throws UnusableImage {
    var bytes = new byte[ImageFile.MOST_BYTES];
    new Random(5).nextBytes(bytes);
    var letters = Base64.getEncoder().encodeToString(bytes).replace("+", "%2B");
    assertThat(DataUri.bytes("data:image/png;base64," + letters)).isEqualTo(bytes);
  }

  @Test
  void anEndlessOneIsNotEvenLookedAt() {
    var url = "data:," + "a".repeat(5 * ImageFile.MOST_BYTES);
    assertThat(catchThrowableOfType(UnusableImage.class, () -> DataUri.bytes(url)).reason())
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void itIsToldFromAWebAddress() {
    assertThat(DataUri.is("data:,a")).isTrue();
    assertThat(DataUri.is("Data:,a")).isTrue();
    assertThat(DataUri.is("https://shop.example/data:")).isFalse();
    assertThat(DataUri.is("dat")).isFalse();
  }
}
