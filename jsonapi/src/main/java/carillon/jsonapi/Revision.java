package carillon.jsonapi;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The revision of the API that is served, and which dates asked for lead to it. */
final class Revision {

  /** The one revision served. */
  static final String SERVED = "2026-04-15";

  private static final LocalDate FIRST = LocalDate.parse("2022-10-17");
  private static final LocalDate OURS = LocalDate.parse(SERVED);

  /**
   * What is wrong with a revision asked for; empty when it is served. Dates after ours resolve down
   * to it, older ones fall forward to it unless the client opts out.
   */
  static Optional<Fault> refusal(
      Optional<String> asked, boolean optsOutOfFallForward, Clock clock) {
    if (asked.isEmpty()) {
      return refused("A revision header is required, such as 'revision: " + SERVED + "'.");
    }
    if (asked.get().equals(SERVED)) {
      return Optional.empty();
    }
    return date(asked.get())
        .map(date ->
            refusal(
                date, optsOutOfFallForward, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)))
        .orElseGet(() -> refused("The revision must be a date in the form YYYY-MM-DD."));
  }

  private static Optional<Fault> refusal(LocalDate date, boolean optsOut, LocalDate today) {
    if (date.isAfter(today) && date.isAfter(OURS)) {
      return refused("unable to specify a future revision date");
    }
    if (date.isBefore(FIRST)) {
      return refused("The earliest revision that can be asked for is " + FIRST + ".");
    }
    if (date.isBefore(OURS) && optsOut) {
      return Optional.of(
          Fault.of(Fault.Code.GONE, "Revision " + date + " is retired; " + SERVED + " is served."));
    }
    return Optional.empty();
  }

  private static Optional<LocalDate> date(String asked) {
    try {
      return Optional.of(LocalDate.parse(asked.trim().replaceFirst("\\.pre$", "")));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Fault> refused(String detail) {
    return Optional.of(
        new Fault(
            Fault.Code.INVALID, detail, new Source.Parameter("revision"), java.util.Map.of()));
  }

  private Revision() {}
}
