package carillon.mail;

import static carillon.mail.Bounce.Kind.HARD;
import static carillon.mail.Bounce.Kind.POLICY;
import static carillon.mail.Bounce.Kind.SOFT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BounceTest {

  @ParameterizedTest
  @CsvSource({
    "550, 5.1.1, User unknown, HARD",
    "550, 5.1.2, Bad destination system, HARD",
    "553, 5.1.3, Bad destination mailbox syntax, HARD",
    "550, 5.1.6, Mailbox has moved, HARD",
    "556, 5.1.10, Recipient address has null MX, HARD",
    "550, 5.2.1, The email account that you tried to reach is disabled, HARD",
    "550, 5.2.1, The user is receiving mail at a rate that prevents delivery, SOFT",
    "552, 5.2.2, Mailbox full, SOFT",
    "552, 5.3.4, Message too big, POLICY",
    "550, 5.4.4, Unable to route, SOFT",
    "554, 5.4.6, Too many hops, SOFT",
    "554, 5.6.0, Bad content, POLICY",
    "550, 5.7.1, Blocked for spam, POLICY",
    "550, 5.7.26, Unauthenticated email is not accepted, POLICY",
    "550, 5.7.17, Mailbox owner has changed, HARD",
    "550, 5.5.0, Requested action not taken: mailbox unavailable, HARD",
    "550, 5.0.0, No such user here, HARD",
    "554, 5.17.5, strange subject, POLICY",
    "550, '', No such user here, HARD",
    "550, '', Requested action not taken, HARD",
    "550, '', rejected because of your IP address reputation, POLICY",
    "550, '', Recipient over quota, SOFT",
    "552, '', Exceeded storage allocation, SOFT",
    "554, '', delivery error: dd This user doesn't have a yahoo.example account, POLICY",
    "554, '', Recipient address does not exist, HARD",
    "554, '', Transaction failed, POLICY",
    "450, 4.2.1, try later, SOFT"
  })
  void aRefusalOfTheRecipientIsJudgedByStatusThenByText(
      int code, String enhanced, String text, Bounce.Kind kind) {
    var bounce = Bounce.of(new Outcome.Rejected(Stage.RCPT, new Reply(code, enhanced, text)));
    assertThat(bounce.kind()).isEqualTo(kind);
    assertThat(bounce.suppresses()).isEqualTo(kind == HARD);
    assertThat(bounce.reason()).isNotBlank();
  }

  @Test
  void aRefusalOfTheSenderIsNeverHeldAgainstTheRecipient() {
    var reply = new Reply(550, "5.1.1", "User unknown");
    assertThat(Bounce.of(new Outcome.Rejected(Stage.MAIL, reply)).kind()).isEqualTo(POLICY);
  }

  @Test
  void aBareRefusalOfTheContentDoesNotSuppress() {
    var bare = new Reply(550, "", "Message rejected");
    var named = new Reply(550, "", "user unknown");
    var status = new Reply(550, "5.1.1", "rejected");
    assertThat(Bounce.of(new Outcome.Rejected(Stage.CONTENT, bare)).kind()).isEqualTo(POLICY);
    assertThat(Bounce.of(new Outcome.Rejected(Stage.CONTENT, named)).kind()).isEqualTo(HARD);
    assertThat(Bounce.of(new Outcome.Rejected(Stage.CONTENT, status)).kind()).isEqualTo(HARD);
  }

  @Test
  void aReplyWithoutAProperStatusIsReadByItsText() {
    assertThat(Bounce.of(new Reply(550, "5.x", "mailbox full")).kind()).isEqualTo(SOFT);
  }
}
