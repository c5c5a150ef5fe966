package carillon.lists;

import carillon.testing.Answer;
import carillon.testing.Shop;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A shop as tests of consent read and change it. */
record Reading(Shop shop) {

  String list(String process) {
    return shop.post(
            "/api/lists",
            """
            {"data": {"type": "list",
              "attributes": {"name": "Newsletter", "opt_in_process": "%s"}}}
            """
                .formatted(process))
        .expect(201)
        .id();
  }

  String profile(String attributes) {
    return shop.post(
            "/api/profiles",
            "{\"data\": {\"type\": \"profile\", \"attributes\": {" + attributes + "}}}")
        .expect(201)
        .id();
  }

  String profileOf(String email) {
    return shop.get("/api/profiles?filter=" + Shop.encoded("equals(email,\"" + email + "\")"))
        .expect(200)
        .ids()
        .getFirst();
  }

  JsonNode subscriptions(String profile) {
    return shop.get("/api/profiles/" + profile + "?additional-fields[profile]=subscriptions")
        .expect(200)
        .at("/data/attributes/subscriptions");
  }

  List<String> suppressions(String profile) {
    var reasons = new ArrayList<String>();
    subscriptions(profile)
        .at("/email/marketing/suppression")
        .forEach(one -> reasons.add(one.get("reason").stringValue()));
    return reasons;
  }

  List<String> leftLists(String profile) {
    var ids = new ArrayList<String>();
    subscriptions(profile)
        .at("/email/marketing/list_suppressions")
        .forEach(one -> ids.add(one.get("list_id").stringValue()));
    return ids;
  }

  List<String> members(String list) {
    return shop.get("/api/lists/" + list + "/relationships/profiles").expect(200).ids();
  }

  void add(String list, String... profiles) {
    var linkages = new ArrayList<String>();
    for (var id : profiles) {
      linkages.add("{\"type\": \"profile\", \"id\": \"" + id + "\"}");
    }
    shop.post(
            "/api/lists/" + list + "/relationships/profiles",
            "{\"data\": [" + String.join(",", linkages) + "]}")
        .expect(204);
  }

  Answer subscribe(String list, String identifiers, String subscriptions) {
    return job("create", list, identifiers, subscriptions);
  }

  Answer unsubscribe(String list, String identifiers, String subscriptions) {
    return job("delete", list, identifiers, subscriptions);
  }

  private Answer job(String word, String list, String identifiers, String subscriptions) {
    var relation =
        list.isEmpty()
            ? ""
            : ", \"relationships\": {\"list\": {\"data\": {\"type\": \"list\", \"id\": \"%s\"}}}"
                .formatted(list);
    return shop.post(
        "/api/profile-subscription-bulk-" + word + "-jobs",
        """
        {"data": {"type": "profile-subscription-bulk-%s-job", "attributes": {"profiles":
          {"data": [{"type": "profile", "attributes": {%s, "subscriptions": {%s}}}]}}%s}}
        """
            .formatted(word, identifiers, subscriptions, relation));
  }

  /** The events of a person, each with the name of its metric. */
  List<JsonNode> events(String profile) {
    var answer =
        shop.get(
                "/api/events?include=metric&filter="
                    + Shop.encoded("equals(profile_id,\"" + profile + "\")"))
            .expect(200);
    var all = new ArrayList<JsonNode>();
    answer.at("/data").forEach(all::add);
    return all;
  }

  List<String> metrics(String profile) {
    var names = new ArrayList<String>();
    shop.get(
            "/api/events?include=metric&filter="
                + Shop.encoded("equals(profile_id,\"" + profile + "\")"))
        .expect(200)
        .at("/included")
        .forEach(metric -> names.add(metric.at("/attributes/name").stringValue()));
    return names;
  }
}
