package carillon.delivery;

import carillon.mail.Header;
import carillon.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Headers that make a provider hand the mark of a message back with what it tells about it, for the
 * providers whose notices are taken: some put a Message-ID of their own in place of ours. They take
 * these headers out of the mail.
 */
final class PassThrough {

  private final List<Function<String, Header>> makers = new ArrayList<>();

  private final Marks marks;

  PassThrough(Settings.Hooks hooks, Marks marks) {
    this.marks = marks;
    if (!hooks.sesTopics().isEmpty()) {
      makers.add(mark -> new Header("X-SES-MESSAGE-TAGS", "carillon=" + mark));
    }
    hooks
        .sendGrid()
        .ifPresent(_ ->
            makers.add(mark ->
                new Header("X-SMTPAPI", "{\"unique_args\": {\"carillon\": \"" + mark + "\"}}")));
    hooks
        .mailgun()
        .ifPresent(_ ->
            makers.add(
                mark -> new Header("X-Mailgun-Variables", "{\"carillon\": \"" + mark + "\"}")));
    hooks.postmark().ifPresent(_ -> makers.add(mark -> new Header("X-PM-Metadata-carillon", mark)));
  }

  List<Header> headers(MessageRef message) {
    if (makers.isEmpty()) {
      return List.of();
    }
    var mark = marks.of(message);
    return makers.stream().map(maker -> maker.apply(mark)).toList();
  }
}
