package carillon.events;

import carillon.jsonapi.Relation;
import carillon.jsonapi.ResourceType;
import java.util.List;

/**
 * Which message an event is owed to.
 *
 * @param touch the event, such as a click, that made it so
 */
record Attribution(EventKey event, EventKey touch, String campaign, String message) {

  static final ResourceType<Attribution> TYPE =
      ResourceType.<Attribution>of(
              "attribution", "attributions", one -> one.event().uuid().toString(), List.of())
          .with(
              List.of(
                  Relation.<Attribution>one("event", "event")
                      .inlined(one -> List.of(one.event().id())),
                  Relation.<Attribution>one("attributed-event", "event")
                      .inlined(one -> List.of(one.touch().id())),
                  Relation.<Attribution>one("campaign", "campaign")
                      .inlined(one -> List.of(one.campaign())),
                  Relation.<Attribution>one("campaign-message", "campaign-message")
                      .inlined(one -> List.of(one.message())),
                  Relation.<Attribution>one("flow", "flow").inlined(_ -> List.of()),
                  Relation.<Attribution>one("flow-message", "flow-message").inlined(_ -> List.of()),
                  Relation.<Attribution>one("flow-message-variation", "flow-message")
                      .inlined(_ -> List.of())));
}
