package carillon.bounces;

import carillon.bounces.Report.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * Finds the parts of a report that machines read, wherever they stand in a mail. A mail that is
 * broken, or nests too deep, is read as far as it goes.
 */
final class ReportReader {

  private static final int DEEPEST = 6;
  private static final int MOST_PARTS = 40;
  private static final int PART_BYTES = 64 * 1024;
  private static final int MOST_FAILURES = 50;
  private static final MimeConfig LIMITS =
      new MimeConfig.Builder()
          .setMaxLineLen(64 * 1024)
          .setMaxHeaderLen(64 * 1024)
          .setMaxHeaderCount(1000)
          .build();

  private static final Set<String> STATUS =
      Set.of("message/delivery-status", "message/global-delivery-status");
  private static final String FEEDBACK = "message/feedback-report";
  private static final Set<String> ORIGINAL =
      Set.of(
          "message/rfc822",
          "message/global",
          "text/rfc822-headers",
          "message/rfc822-headers",
          "message/global-headers");

  private final List<Map<String, String>> status = new ArrayList<>();
  private final List<Map<String, String>> feedback = new ArrayList<>();
  private final List<Map<String, String>> original = new ArrayList<>();

  private ReportReader() {}

  static Report read(byte[] mail) {
    var reader = new ReportReader();
    reader.walk(mail);
    return reader.report();
  }

  private void walk(byte[] mail) {
    var stream = new MimeTokenStream(LIMITS);
    stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
    stream.parse(new ByteArrayInputStream(mail));
    try {
      walk(stream);
    } catch (IOException | MimeException _) {
      // what was found so far stands
    }
  }

  private void walk(MimeTokenStream stream) throws IOException, MimeException {
    int depth = 0;
    int parts = 0;
    var state = stream.getState();
    while (state != EntityState.T_END_OF_STREAM && depth <= DEEPEST && parts <= MOST_PARTS) {
      if (state == EntityState.T_START_MULTIPART) {
        depth++;
      } else if (state == EntityState.T_END_MULTIPART) {
        depth--;
      } else if (state == EntityState.T_BODY) {
        parts++;
        body(stream);
      }
      state = stream.next();
    }
  }

  private void body(MimeTokenStream stream) throws IOException {
    var type = stream.getBodyDescriptor().getMimeType().toLowerCase(Locale.ROOT);
    if (STATUS.contains(type)) {
      status.addAll(groups(stream));
    } else if (type.equals(FEEDBACK)) {
      groups(stream).stream().limit(1).forEach(feedback::add);
    } else if (ORIGINAL.contains(type)) {
      groups(stream).stream().limit(1).forEach(original::add);
    }
  }

  private static List<Map<String, String>> groups(MimeTokenStream stream) throws IOException {
    var bytes = stream.getDecodedInputStream().readNBytes(PART_BYTES);
    return Fields.groups(new String(bytes, StandardCharsets.UTF_8));
  }

  private Report report() {
    if (!feedback.isEmpty()) {
      var fields = feedback.getFirst();
      var type = fields.getOrDefault("feedback-type", "").toLowerCase(Locale.ROOT);
      return new Report.Feedback(
          type, names(fields.getOrDefault("original-mail-from", ""), "message-id", "return-path"));
    }
    if (!status.isEmpty()) {
      var whole = status.getFirst().getOrDefault("original-envelope-id", "");
      return new Report.Failures(failures(), names(whole, "message-id", "return-path"));
    }
    return new Report.Other();
  }

  private List<String> names(String first, String... headers) {
    var names =
        original.stream()
            .flatMap(fields -> Stream.of(headers).map(header -> fields.getOrDefault(header, "")));
    return Stream.concat(Stream.of(first), names).map(ReportReader::bare).toList();
  }

  private List<Failure> failures() {
    return status.stream()
        .filter(fields -> fields.getOrDefault("action", "").equalsIgnoreCase("failed"))
        .limit(MOST_FAILURES)
        .map(ReportReader::failure)
        .toList();
  }

  private static Failure failure(Map<String, String> fields) {
    var recipients = new LinkedHashSet<String>();
    for (var name : List.of("original-recipient", "final-recipient")) {
      Optional.ofNullable(fields.get(name)).map(ReportReader::address).ifPresent(recipients::add);
    }
    return new Failure(
        recipients,
        Diagnosis.of(
            fields.getOrDefault("diagnostic-code", ""), fields.getOrDefault("status", "")));
  }

  /** What stands behind the type, as in {@code rfc822; ada@example.com}. */
  private static String address(String typed) {
    return bare(typed.substring(typed.indexOf(';') + 1)).toLowerCase(Locale.ROOT);
  }

  private static String bare(String text) {
    return text.strip().replaceAll("^<|>$", "");
  }
}
