package carillon.delivery;

import carillon.platform.db.Tx;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Where it is told what became of messages: each signal is an event of a metric of our own. */
@FunctionalInterface
public interface Signals {

  /** Records signals with the transaction; a repeated one is dropped. */
  void record(Tx tx, String account, List<Signal> signals);

  /** An event that happened to a person. */
  record Signal(
      String profile, String metric, Instant at, String uniqueId, ObjectNode properties) {}
}
