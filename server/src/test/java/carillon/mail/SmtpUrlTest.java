package carillon.mail;

import static carillon.mail.SmtpUrl.Security.NONE;
import static carillon.mail.SmtpUrl.Security.STARTTLS_OPTIONAL;
import static carillon.mail.SmtpUrl.Security.STARTTLS_REQUIRED;
import static carillon.mail.SmtpUrl.Security.TLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpUrlTest {

  @Test
  void allPartsAreRead() {
    assertThat(SmtpUrl.parse("smtp://me:secret@mail.example:2525?starttls=none"))
        .isEqualTo(new SmtpUrl("mail.example", 2525, NONE, "me", "secret"));
  }

  @Test
  void whatIsNotGivenHasItsUsualValue() {
    assertThat(SmtpUrl.parse("smtp://localhost"))
        .isEqualTo(new SmtpUrl("localhost", 25, STARTTLS_OPTIONAL, "", ""));
    assertThat(SmtpUrl.parse("smtp://me:pw@mail_relay/"))
        .isEqualTo(new SmtpUrl("mail_relay", 587, STARTTLS_REQUIRED, "me", "pw"));
    assertThat(SmtpUrl.parse("smtps://me:pw@mail.example"))
        .isEqualTo(new SmtpUrl("mail.example", 465, TLS, "me", "pw"));
    assertThat(SmtpUrl.parse("smtp://[::1]:26").host()).isEqualTo("::1");
  }

  @Test
  void userAndPasswordAreDecoded() {
    var url = SmtpUrl.parse("smtps://me%40shop.example:p%3Aa%2Fs%25+%C3%A9@mail.example");
    assertThat(url.user()).isEqualTo("me@shop.example");
    assertThat(url.password()).isEqualTo("p:a/s%+é");
    assertThat(SmtpUrl.parse("smtps://me@shop.example:p@ss:w@mail.example").password())
        .isEqualTo("p@ss:w");
  }

  @ParameterizedTest
  @CsvSource({
    "mail.example, must start with",
    "http://mail.example, must start with",
    "smtp://, host is missing",
    "smtp://u:topsecret@, host is missing",
    "smtp://:topsecret@host, no user",
    "smtp://u:topsecret@host:0, port",
    "smtp://u:topsecret@host:99999, port",
    "smtp://u:topsecret@host:x, port",
    "smtp://u:topsecret%@host, hex",
    "smtp://u:topsecret%zz@host, hex",
    "smtp://u:topsecret%ff@host, UTF-8",
    "smtp://u:topsecret/x@ho/st, host is missing",
    "smtp://u:topsecret@host?starttls=maybe, 'required, optional or none'",
    "smtp://u:topsecret@host?tls=1, only parameter",
    "smtps://u:topsecret@host?starttls=required, no starttls"
  })
  void mistakesAreNamedWithoutThePassword(String url, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SmtpUrl.parse(url))
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e).message().doesNotContain("topsecret"));
  }

  @Test
  void thePasswordIsNotPrinted() {
    assertThat(SmtpUrl.parse("smtp://me:topsecret@mail.example"))
        .hasToString("smtp://me:***@mail.example:587");
  }
}
