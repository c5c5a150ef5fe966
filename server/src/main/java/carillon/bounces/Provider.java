package carillon.bounces;

import carillon.delivery.Notice;
import carillon.jsonapi.HttpRequest;
import java.util.List;

/** Somebody who sends our mails and tells over HTTP what became of them. */
@FunctionalInterface
interface Provider {

  /** One whose notices are not taken: nothing to verify them with is set. */
  Provider CLOSED =
      _ -> {
        throw new Refused(403, "Notices of this provider are not taken here.");
      };

  /**
   * What a request tells, once it is sure who made it.
   *
   * @throws Refused when it is not from the provider, or cannot be read
   */
  List<Told> read(HttpRequest request);

  /** A notice, and texts of which one may name the message it is about. */
  record Told(List<String> names, Notice notice) {}
}
