package carillon.events;

import carillon.jsonapi.Request;
import carillon.jsonapi.Schema;
import java.time.Clock;
import java.util.List;

/**
 * The bodies in which browsers and apps bring events. Whom they are about is a claim: nobody known
 * gets another identifier by it.
 */
public final class ClientEvents {

  /** One event. */
  public static final Schema.Struct ONE = EventBody.SINGLE.document();

  /** Up to 1,000 events of one person. */
  public static final Schema.Struct MANY = EventBody.OF_ONE;

  /**
   * The event in a body that has passed {@link #ONE}.
   *
   * @param currency of values that name none
   * @throws carillon.jsonapi.ApiError telling every rule that is broken
   */
  public static List<NewEvent> one(Request request, Clock clock, String currency) {
    return List.of(EventBody.claimed(request, clock, currency));
  }

  /** The events in a body that has passed {@link #MANY}, all with the same profile part. */
  public static List<NewEvent> many(Request request, Clock clock, String currency) {
    return EventBody.claimedOfOne(request, clock, currency);
  }

  private ClientEvents() {}
}
