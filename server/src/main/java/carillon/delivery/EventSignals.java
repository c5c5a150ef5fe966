package carillon.delivery;

import carillon.events.Events;
import carillon.events.NewEvent;

/** Signals are events of internal metrics. */
public final class EventSignals {

  public static Signals to(Events events) {
    return (tx, account, signals) ->
        events.record(
            tx,
            account,
            signals.stream()
                .map(signal ->
                    NewEvent.internal(
                        signal.profile(),
                        signal.metric(),
                        signal.at(),
                        signal.uniqueId(),
                        signal.properties()))
                .toList());
  }

  private EventSignals() {}
}
