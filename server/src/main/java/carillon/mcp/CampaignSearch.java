package carillon.mcp;

import carillon.jsonapi.Filterable;
import carillon.jsonapi.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists campaigns of a channel, mail unless another is named, and leaves archived ones out. */
record CampaignSearch(Requests requests) implements Script {

  private static final String CHANNEL = "messages.channel";

  private static final Pattern STATUS = Pattern.compile("(?<=equals\\(status,\")[^\"]*(?=\"\\))");

  @Override
  public Result run(Arguments arguments, ApiClient api) {
    var own = spelled(arguments.text("filter").orElse(""));
    var conditions = new ArrayList<String>();
    if (!own.contains(CHANNEL)) {
      conditions.add("equals(" + CHANNEL + ",\"" + channel(arguments) + "\")");
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

  private String channel(Arguments arguments) {
    var channel = arguments.text("channel").orElse("email");
    var known = words(CHANNEL);
    if (!known.contains(channel)) {
      throw new Complaint("channel", "This must be one of: " + String.join(", ", known) + ".")
          .raise();
    }
    return channel;
  }

  /** A state is known however its letters are written. */
  private String spelled(String filter) {
    return STATUS
        .matcher(filter)
        .replaceAll(match ->
            words("status").stream()
                .filter(match.group()::equalsIgnoreCase)
                .map(Matcher::quoteReplacement)
                .findFirst()
                .orElse(Matcher.quoteReplacement(match.group())));
  }

  private List<String> words(String field) {
    return requests.operation().filters().stream()
        .filter(one -> one.name().equals(field))
        .map(Filterable::words)
        .findFirst()
        .orElseThrow();
  }
}
