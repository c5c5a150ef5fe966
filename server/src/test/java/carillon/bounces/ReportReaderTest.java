package carillon.bounces;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.bounces.Report.Failures;
import carillon.bounces.Report.Feedback;
import carillon.mail.Bounce;
import carillon.mail.Bounce.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportReaderTest {

  private static final String ADA = "ada@people.test";
  private static final String VERP = "b-1-2-abcdefgh@bounces.shop.test";
  private static final Eml EML = new Eml(ADA, VERP, "1-2-abcdefgh@shop.test");

  @ParameterizedTest
  @CsvSource({
    "postfix,      550, 5.1.1,  HARD",
    "postfix-full, 452, 4.2.2,  SOFT",
    "exim,         550, 5.0.0,  HARD",
    "exchange,     550, 5.1.10, HARD",
    "gmail,        550, 5.1.1,  HARD"
  })
  void theReplyOfTheServerThatRefusedIsRead(String mta, int code, String status, Kind kind) {
    var failures = failures(EML.of(mta));

    assertThat(failures.failures()).hasSize(1);
    var failure = failures.failures().getFirst();
    assertThat(failure.recipients()).containsExactly(ADA);
    assertThat(failure.reply().code()).isEqualTo(code);
    assertThat(failure.reply().enhanced()).isEqualTo(status);
    assertThat(Bounce.of(failure.reply()).kind()).isEqualTo(kind);
    assertThat(failures.names()).contains("1-2-abcdefgh@shop.test");
  }

  @Test
  void foldedLinesAreOne() {
    var reply = failures(EML.of("gmail")).failures().getFirst().reply();
    assertThat(reply.text()).startsWith("The email account").endsWith("gsmtp");
  }

  @Test
  void aDelayIsNoFailure() {
    assertThat(failures(EML.of("postfix-delayed")).failures()).isEmpty();
  }

  @Test
  void aComplaintTellsItsTypeAndWhereItWasSentFrom() {
    var feedback = (Feedback) read(EML.of("complaint"));
    assertThat(feedback.type()).isEqualTo("abuse");
    assertThat(feedback.names()).contains(VERP, "1-2-abcdefgh@shop.test");
  }

  @Test
  void anAutomaticReplyIsNoReportWhateverItSays() {
    assertThat(read(EML.of("out-of-office"))).isEqualTo(new Report.Other());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no header at all",
        "Content-Type: multipart/report\r\n\r\nno boundary",
        "Content-Type: multipart/report; boundary=a\r\n\r\n--a\r\n",
        "Content-Type: multipart/report; boundary=a\r\n\r\n--a--\r\n",
        "Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n????",
        "Content-Type: message/feedback-report\r\n\r\n"
      })
  void aReportWithoutItsPartsSaysNothing(String mail) {
    assertThat(read(mail)).isEqualTo(new Report.Other());
  }

  @Test
  void aReportInBase64IsReadToo() {
    var status = "Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; " + ADA + "\nAction: failed\n";
    var mail =
        "Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + java.util.Base64.getMimeEncoder().encodeToString(status.getBytes());
    assertThat(failures(mail).failures().getFirst().recipients()).containsExactly(ADA);
  }

  @Test
  @Timeout(10)
  void nestingBeyondReasonIsNotFollowed() {
    var mail = new StringBuilder("Subject: deep\r\n");
    for (int i = 0; i < 20_000; i++) {
      mail.append("Content-Type: multipart/mixed; boundary=b%1$d\r\n\r\n--b%1$d\r\n".formatted(i));
    }
    mail.append("Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n");
    assertThat(read(mail.toString())).isEqualTo(new Report.Other());
  }

  @Test
  @Timeout(10)
  void partsWithoutEndAndLinesWithoutEndAreRead() {
    var parts = "--a\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n\r\n";
    var many = "Content-Type: multipart/report; boundary=a\r\n\r\n" + parts.repeat(20_000);
    assertThat(failures(many).failures()).hasSizeLessThanOrEqualTo(50);
    assertThat(read("Subject: " + "x".repeat(2_000_000))).isEqualTo(new Report.Other());
    assertThat(read("X: y\r\n".repeat(100_000))).isEqualTo(new Report.Other());
  }

  @Test
  void whateverIsBrokenInAReportNothingIsThrown() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    for (var name : List.of("postfix", "gmail", "exchange", "complaint")) {
      for (int i = 0; i < 300; i++) {
        var bytes = EML.of(name).getBytes(StandardCharsets.UTF_8);
        for (int change = 0; change < 12; change++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        assertThat(ReportReader.read(bytes)).as("seed " + seed).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "smtp; 550 5.1.1 no such user | 5.0.0 | 550 5.1.1 no such user",
        "smtp; 550 no such user       | 5.1.1 | 550 5.1.1 no such user",
        "smtp;550-5.7.1 policy        | 5.0.0 | 550 5.7.1 policy",
        "smtp; 554 5.0.0 no           | 5.2.2 | 554 5.2.2 no",
        "X-Postfix; unknown user      | 5.1.1 | 5.1.1 unknown user",
        "550 #5.1.0 Address rejected. | 5.0.0 | 550 5.1.0 Address rejected.",
        "''                           | 5.4.4 (no route) | 5.4.4 ''",
        "''                           | ''    | ''"
      })
  void whatSaysMoreCounts(String diagnostic, String status, String reply) {
    assertThat(Diagnosis.of(diagnostic, status).toString().strip())
        .isEqualTo(reply.replace("''", "").strip());
  }

  @Test
  void aDiagnosisMadeToTakeLongDoesNot() {
    var began = System.nanoTime();
    Diagnosis.of("smtp; 550" + " ".repeat(500_000) + "5.1.1", "5.".repeat(100_000));
    Diagnosis.of("a".repeat(1_000_000), "");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
  }

  private static Failures failures(String mail) {
    return (Failures) read(mail);
  }

  private static Report read(String mail) {
    return ReportReader.read(mail.getBytes(StandardCharsets.UTF_8));
  }
}
