package carillon.events;

import carillon.jsonapi.Json;
import carillon.platform.db.Tx;
import carillon.profiles.MergeListener;
import java.time.Instant;
import java.util.List;

/** Records a merge as an event of the profile that is left. */
public final class MergedProfiles implements MergeListener {

  private final Events events;

  public MergedProfiles(Events events) {
    this.events = events;
  }

  @Override
  public void merged(Tx tx, String account, String source, String destination, Instant at) {
    var properties =
        Json.object().put("MergeType", "Merged via API").put("MergeDate", Json.print(at));
    properties.putObject("$extra").put("KlaviyoID", source);
    var unique = "merge_tombstone:" + source + ":" + destination;
    events.record(
        tx,
        account,
        List.of(NewEvent.internal(destination, "Merged Profile", at, unique, properties)));
  }
}
