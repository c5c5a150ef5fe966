package carillon.campaigns;

import carillon.testing.Answer;
import carillon.testing.Shop;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A shop at its desk: makes lists of people, templates and campaigns as any client would. */
record Desk(Shop shop) {

  static final String IMMEDIATE = "{\"method\": \"immediate\"}";

  String list(String name) {
    return shop.post(
            "/api/lists",
            """
            {"data": {"type": "list", "attributes": {"name": "%s"}}}
            """
                .formatted(name))
        .expect(201)
        .id();
  }

  /** A list with as many new people, none of whom says where they live. */
  String crowd(String name, int people) {
    var all = new ArrayList<String>();
    for (int i = 0; i < people; i++) {
      all.add(person(name + i + "@shop.example", ""));
    }
    return listOf(name, all);
  }

  String listOf(String name, List<String> people) {
    var list = list(name);
    add(list, people);
    return list;
  }

  void add(String list, List<String> people) {
    var data =
        people.stream()
            .map(id -> "{\"type\": \"profile\", \"id\": \"" + id + "\"}")
            .collect(Collectors.joining(","));
    shop.post("/api/lists/" + list + "/relationships/profiles", "{\"data\": [" + data + "]}")
        .expect(204);
  }

  String person(String email, String timezone) {
    var location = timezone.isEmpty() ? "" : ", \"location\": {\"timezone\": \"" + timezone + "\"}";
    return shop.post(
            "/api/profiles",
            """
            {"data": {"type": "profile", "attributes": {"email": "%s"%s}}}
            """
                .formatted(email, location))
        .expect(201)
        .id();
  }

  String template(String html) {
    return shop.post(
            "/api/templates",
            """
            {"data": {"type": "template", "attributes":
              {"name": "T", "editor_type": "CODE", "html": "%s"}}}
            """
                .formatted(html))
        .expect(201)
        .id();
  }

  /** A campaign by mail that could be sent at once. */
  Answer ready(String strategy, String... lists) {
    var campaign =
        create("Spring sale", strategy, "", email("Hello"), List.of(lists), List.of()).expect(201);
    assign(message(campaign), template("<p>Hi {{ first_name }}</p>")).expect(200);
    return campaign;
  }

  Answer create(
      String name,
      String strategy,
      String more,
      String definition,
      List<String> included,
      List<String> excluded) {
    return shop.post(
        "/api/campaigns",
        """
        {"data": {"type": "campaign", "attributes": {"name": "%s",
          "audiences": {"included": [%s], "excluded": [%s]}%s%s,
          "campaign-messages": {"data": [{"type": "campaign-message",
            "attributes": {"definition": %s}}]}}}}
        """
            .formatted(
                name,
                quoted(included),
                quoted(excluded),
                strategy.isEmpty() ? "" : ", \"send_strategy\": " + strategy,
                more.isEmpty() ? "" : ", " + more,
                definition));
  }

  static String email(String subject) {
    return """
    {"channel": "email", "content": {"subject": "%s", "from_email": "shop@shop.example",
      "from_label": "Shop"}}
    """
        .formatted(subject);
  }

  static String quoted(List<String> words) {
    return words.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(","));
  }

  static String message(Answer campaign) {
    return campaign.text("/data/relationships/campaign-messages/data/0/id");
  }

  Answer assign(String message, String template) {
    return shop.post(
        "/api/campaign-message-assign-template",
        """
        {"data": {"type": "campaign-message", "id": "%s", "relationships":
          {"template": {"data": {"type": "template", "id": "%s"}}}}}
        """
            .formatted(message, template));
  }

  Answer change(String campaign, String attributes) {
    return shop.patch(
        "/api/campaigns/" + campaign,
        """
        {"data": {"type": "campaign", "id": "%s", "attributes": %s}}
        """
            .formatted(campaign, attributes));
  }

  Answer redefine(String message, String definition) {
    return shop.patch(
        "/api/campaign-messages/" + message,
        """
        {"data": {"type": "campaign-message", "id": "%s", "attributes": {"definition": %s}}}
        """
            .formatted(message, definition));
  }

  Answer send(String campaign) {
    return shop.post("/api/campaign-send-jobs", data("campaign-send-job", campaign));
  }

  Answer stop(String campaign, String action) {
    return shop.patch(
        "/api/campaign-send-jobs/" + campaign,
        """
        {"data": {"type": "campaign-send-job", "id": "%s", "attributes": {"action": "%s"}}}
        """
            .formatted(campaign, action));
  }

  Answer estimate(String campaign) {
    return shop.post(
        "/api/campaign-recipient-estimation-jobs",
        data("campaign-recipient-estimation-job", campaign));
  }

  Answer estimation(String campaign) {
    return shop.get("/api/campaign-recipient-estimations/" + campaign);
  }

  private static String data(String type, String id) {
    return """
    {"data": {"type": "%s", "id": "%s"}}
    """
        .formatted(type, id);
  }

  Answer campaign(String id) {
    return shop.get("/api/campaigns/" + id).expect(200);
  }

  String status(String id) {
    return campaign(id).text("/data/attributes/status");
  }

  String job(String id) {
    return shop.get("/api/campaign-send-jobs/" + id).expect(200).text("/data/attributes/status");
  }
}
