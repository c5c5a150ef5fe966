package carillon.mcp;

import carillon.jsonapi.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lists campaigns of a channel, mail unless another is named, and leaves archived ones out. */
record CampaignSearch(Requests requests) implements Script {

  private static final Set<String> CHANNELS = Set.of("email", "sms", "mobile_push", "whatsapp");

  @Override
  public Result run(Arguments arguments, ApiClient api) {
    var channel = arguments.text("channel").orElse("email");
    if (!CHANNELS.contains(channel)) {
      throw new Complaint("channel", "This must be email, sms, mobile_push or whatsapp.").raise();
    }
    var own = arguments.text("filter").orElse("");
    var conditions = new ArrayList<String>();
    if (!own.contains("messages.channel")) {
      conditions.add("equals(messages.channel,\"" + channel + "\")");
    }
    if (!arguments.isOn("include_archived") && !own.contains("archived")) {
      conditions.add("equals(archived,false)");
    }
    if (!own.isBlank()) {
      conditions.add(own);
    }
    var filter = Json.MAPPER.getNodeFactory().stringNode(String.join(",", conditions));
    return requests.run(arguments.with("filter", filter), api, List.of());
  }
}
