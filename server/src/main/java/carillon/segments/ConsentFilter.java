package carillon.segments;

import carillon.profiles.Reason;
import java.util.List;
import java.util.Optional;

/** A question to how and when somebody gave consent, took it back or was suppressed. */
sealed interface ConsentFilter {

  /** Whether consent was confirmed by a click. */
  record DoubleOptIn(boolean confirmed) implements ConsentFilter {}

  /** When the standing came to be. */
  record StatusDate(DateFilter filter) implements ConsentFilter {}

  /** When it was written down. */
  record RecordedDate(DateFilter filter) implements ConsentFilter {}

  /** The source a client named; empty for none. */
  record CustomSource(Optional<String> source) implements ConsentFilter {}

  /**
   * The way it came.
   *
   * @param word in the language of the API, such as {@code preference_page}
   * @param details one of them must go with it; any when empty
   */
  record Method(String word, List<String> details) implements ConsentFilter {}

  /** Suppressed for a reason, then when; at any time if empty. */
  record SuppressedFor(Reason reason, Optional<DateFilter> when) implements ConsentFilter {}

  /** Whether a phone takes RCS, which nobody knows. */
  record RcsCapable(boolean capable) implements ConsentFilter {}
}
