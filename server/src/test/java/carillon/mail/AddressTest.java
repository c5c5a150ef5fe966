package carillon.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b", "first.last+tag@mail.example.org", "o'neil@example.org", "\"a b\"@example.org",
        "x@[127.0.0.1]", "jörg@example.org", "user@münchen.example", "_@a_b.example"
      })
  void addressesOfAllFormsAreTaken(String address) {
    assertThat(Mailbox.isAddress(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "a@",
        "@b",
        "nobody",
        "a b@example.org",
        "a@exam ple.org",
        "a@b>\r\nRCPT TO:<c@d",
        "a\r\n@b.example",
        "a>@b.example",
        "a@b.example\n",
        "a,b@c.example",
        "\"a\r\nb\"@c.example",
        "a@b..example",
        "a@b.example＞",
        "a@b\u0000.example",
        "a@b.example\u3000x"
      })
  void whatCouldEndACommandOrHeaderIsNoAddress(String address) {
    assertThat(Mailbox.isAddress(address)).isFalse();
  }

  @Test
  void anAddressLongerThanMailCanCarryIsRefused() {
    assertThat(Mailbox.isAddress("a".repeat(300) + "@example.org")).isFalse();
  }

  @Test
  void aDomainIsKeptInItsAsciiForm() {
    assertThat(Mailbox.of("a@Bücher.example").address()).isEqualTo("a@xn--bcher-kva.example");
  }

  @Test
  void theEnvelopeNamesEachRecipientOnceAndThePersonFirst() {
    var parties =
        Parties.of(Mails.SHOP, Mails.ADA)
            .withCc(Mailbox.of("copy@example.org"), Mails.ADA)
            .withBcc(Mailbox.of("blind@example.org"));
    assertThat(Envelope.to(parties, "").recipients())
        .containsExactly("ada@example.org", "copy@example.org", "blind@example.org");
  }

  @Test
  void anEnvelopeNeedsARecipientAndAProperReturnPath() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Envelope("", List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Envelope("a>\r\nDATA", List.of("a@b.example")));
  }

  @Test
  void headersThatWouldBreakTheMessageAreRefused() {
    refused("X-A", "a\r\nBcc: b");
    refused("X-A", "a\nb");
    refused("X-A", "a\u0000b");
    refused("X-A", "y".repeat(901));
    refused("X A", "b");
    refused("X:A", "b");
    refused("", "b");
    refused("X\r\nBcc", "b");
    refused("Subject", "b");
    refused("from", "b");
    refused("Content-Type", "text/html");
  }

  @Test
  void aMessageIdThatWouldBreakTheHeaderIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mails.with("x", new Content.Text(""), "a>\r\nBcc: b@c"));
  }

  private static void refused(String name, String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Header(name, value));
  }
}
