package carillon.mcp;

import carillon.jsonapi.Operation;
import java.util.List;
import java.util.Optional;

/** Which tools are more than their operation. */
final class Recipes {

  static Script script(Facts.Entry entry, List<Operation> operations, List<Parameter> parameters) {
    var requests = new Requests(operations.getFirst(), parameters);
    if (entry.lines().stream().anyMatch(line -> line.name().equals(Folded.CHOICE))) {
      return new Folded(operations, parameters);
    }
    return switch (entry.name()) {
      case "KLAVIYO_ADD_PROFILE_TO_LIST", "KLAVIYO_REMOVE_PROFILE_FROM_LIST" ->
          new Membership(requests);
      case "KLAVIYO_UNSUBSCRIBE_PROFILES_BULK" ->
          new ByEmail(requests, Optional.of("UNSUBSCRIBED"));
      case "KLAVIYO_UNSUPPRESS_PROFILES_BULK" -> new ByEmail(requests, Optional.empty());
      case "KLAVIYO_GET_CAMPAIGNS" -> new CampaignSearch(requests);
      case "KLAVIYO_CREATE_CAMPAIGN" -> new CampaignPlan(requests);
      case "KLAVIYO_QUERY_METRIC_AGGREGATES" -> new Aggregates(requests);
      case "KLAVIYO_UPLOAD_IMAGE_FROM_FILE" -> new ImageFile(requests);
      default -> new Plain(requests);
    };
  }

  private Recipes() {}
}
