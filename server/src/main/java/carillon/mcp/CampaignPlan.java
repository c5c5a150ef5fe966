package carillon.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes a campaign; of the arguments for its times only those of the chosen method count. */
record CampaignPlan(Requests requests) implements Script {

  private static final String PLAN = "data__attributes__send__strategy__";
  private static final String SHORT_PLAN = "data__attrs__send__strategy__";
  private static final String METHOD = PLAN + "method";

  private static final Map<String, String> METHODS =
      Map.of(
          PLAN + "options__sto__date", "smart_send_time",
          SHORT_PLAN + "options__throttled__datetime", "throttled",
          SHORT_PLAN + "options__throttled__throttle__pct", "throttled",
          PLAN + "options__static__datetime", "static",
          PLAN + "options__static__is__local", "static",
          SHORT_PLAN + "options__static__past__recipients", "static");

  @Override
  public Result run(Arguments arguments, ApiClient api) {
    var given = METHODS.keySet().stream().filter(arguments::has).sorted().toList();
    var method = arguments.text(METHOD);
    var complaints = new ArrayList<Complaint>();
    for (var name : given) {
      var wanted = METHODS.get(name);
      if (method.isEmpty()) {
        complaints.add(new Complaint(METHOD, "With " + name + " this must be " + wanted + "."));
      } else if (!wanted.equals(method.get())) {
        complaints.add(
            new Complaint(
                name, "This belongs to the method " + wanted + ", not " + method.get() + "."));
      }
    }
    if (!complaints.isEmpty()) {
      throw new Complaint.Raised(complaints);
    }
    return requests.run(arguments, api, List.of());
  }
}
