package carillon.demo;

import carillon.jsonapi.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills a server with the invented shop "Fern & Fable". */
public final class DemoShop {

  private static final int PEOPLE = 1_000;
  private static final int SUBSCRIBERS = 850;
  private static final int EVENTS_AT_ONCE = 900;
  private static final int PEOPLE_AT_ONCE = 500;
  private static final String BROWSER =
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 (KHTML, like Gecko)"
          + " Version/18.1 Safari/605.1.15";

  private final Client client;
  private final Clock clock;
  private final RandomGenerator random = new Random(1879);
  private final History history;

  public DemoShop(String url, String key, Clock clock) {
    this.client = new Client(url, key);
    this.clock = clock;
    this.history = new History(random, clock.instant());
  }

  /** Fills the server; answers the id of the campaign. */
  public String fill() {
    var people = IntStream.range(0, PEOPLE).mapToObj(i -> Person.invent(i, random)).toList();
    browse(people);
    var newsletter = list("Newsletter");
    subscribe(people.subList(0, SUBSCRIBERS), newsletter);
    list("Workshop guests");
    var campaign = campaign(newsletter, template());
    waitUntilSent(campaign);
    react(people, new SentMails(client).all());
    return campaign;
  }

  private void browse(List<Person> people) {
    var entries = new ArrayList<ObjectNode>();
    var count = 0;
    for (var person : people) {
      var events = history.of(person);
      if (count + events.size() > EVENTS_AT_ONCE) {
        send(entries);
        entries.clear();
        count = 0;
      }
      entries.add(entry(person, events));
      count += events.size();
    }
    send(entries);
  }

  private static ObjectNode entry(Person person, List<ObjectNode> events) {
    var entry = Json.object().put("type", "event-bulk-create");
    var attributes = entry.putObject("attributes");
    attributes.putObject("profile").set("data", person.profile());
    var data = attributes.putObject("events").putArray("data");
    events.forEach(data::add);
    return entry;
  }

  private void send(List<ObjectNode> entries) {
    var body = document("event-bulk-create-job");
    var data = attributes(body).putObject("events-bulk-create").putArray("data");
    entries.forEach(data::add);
    client.post("/api/event-bulk-create-jobs", body);
  }

  private String list(String name) {
    var body = document("list");
    attributes(body).put("name", name).put("opt_in_process", "single_opt_in");
    return id(client.post("/api/lists", body));
  }

  private void subscribe(List<Person> people, String list) {
    for (int from = 0; from < people.size(); from += PEOPLE_AT_ONCE) {
      var body = document("profile-subscription-bulk-create-job");
      var attributes = attributes(body);
      attributes.put("custom_source", "Checkout").put("historical_import", true);
      var data = attributes.putObject("profiles").putArray("data");
      people
          .subList(from, Math.min(from + PEOPLE_AT_ONCE, people.size()))
          .forEach(person -> data.add(subscriber(person)));
      relate(body, "list", "list", list);
      client.post("/api/profile-subscription-bulk-create-jobs", body);
    }
  }

  private ObjectNode subscriber(Person person) {
    var profile = Json.object().put("type", "profile");
    var attributes = profile.putObject("attributes").put("email", person.email());
    attributes
        .putObject("subscriptions")
        .putObject("email")
        .putObject("marketing")
        .put("consent", "SUBSCRIBED")
        .put("consented_at", Json.print(clock.instant().minus(Duration.ofDays(100))));
    return profile;
  }

  private String template() {
    var body = document("template");
    attributes(body)
        .put("name", "Spring letter")
        .put("editor_type", "CODE")
        .put("html", DemoMail.HTML)
        .put("text", DemoMail.TEXT);
    return id(client.post("/api/templates", body));
  }

  private String campaign(String list, String template) {
    var body = document("campaign");
    var attributes = attributes(body).put("name", "Spring letter");
    attributes.putObject("audiences").putArray("included").add(list);
    attributes.putObject("send_strategy").put("method", "immediate");
    attributes.putObject("send_options").put("use_smart_sending", false);
    var message = attributes.putObject("campaign-messages").putArray("data").addObject();
    message.put("type", "campaign-message");
    var definition = message.putObject("attributes").putObject("definition");
    definition.put("channel", "email").put("label", "Spring letter");
    definition
        .putObject("content")
        .put("subject", "{{ first_name|default:'Hello' }}, the ferns are back")
        .put("preview_text", "Fresh from the greenhouse")
        .put("from_email", "hello@shop.example.org")
        .put("from_label", "Fern & Fable");
    var campaign = client.post("/api/campaigns", body);
    assign(campaign.at("/data/relationships/campaign-messages/data/0/id").asString(), template);
    var job = document("campaign-send-job");
    ((ObjectNode) job.get("data")).put("id", id(campaign)).remove("attributes");
    client.post("/api/campaign-send-jobs", job);
    return id(campaign);
  }

  private void assign(String message, String template) {
    var body = document("campaign-message");
    ((ObjectNode) body.get("data")).put("id", message).remove("attributes");
    relate(body, "template", "template", template);
    client.post("/api/campaign-message-assign-template", body);
  }

  private void waitUntilSent(String campaign) {
    while (!client
        .get("/api/campaigns/" + campaign)
        .at("/data/attributes/status")
        .asString()
        .equals("Sent")) {
      Client.pause(Duration.ofMillis(200));
    }
  }

  /** Some open, some of these click, and some of these buy. */
  private void react(List<Person> people, List<SentMails.Mail> mails) {
    for (var mail : mails) {
      if (random.nextInt(100) < 45) {
        mail.pixels().forEach(pixel -> client.visit(pixel, BROWSER));
        if (!mail.links().isEmpty() && random.nextInt(100) < 30) {
          client.visit(mail.links().get(random.nextInt(mail.links().size())), BROWSER);
          if (random.nextInt(100) < 35) {
            buy(people, mail.recipient());
          }
        }
      }
    }
  }

  private void buy(List<Person> people, String recipient) {
    var buyers = people.stream().filter(person -> person.email().equals(recipient)).toList();
    send(
        buyers.stream()
            .map(person ->
                entry(
                    person,
                    List.of(
                        history.order(
                            Product.any(random), 1 + random.nextInt(2), clock.instant()))))
            .toList());
  }

  private static ObjectNode document(String type) {
    var body = Json.object();
    body.putObject("data").put("type", type).putObject("attributes");
    return body;
  }

  private static ObjectNode attributes(ObjectNode body) {
    return (ObjectNode) body.get("data").get("attributes");
  }

  private static void relate(ObjectNode body, String name, String type, String id) {
    ((ObjectNode) body.get("data"))
        .putObject("relationships")
        .putObject(name)
        .putObject("data")
        .put("type", type)
        .put("id", id);
  }

  private static String id(JsonNode document) {
    return document.at("/data/id").asString();
  }
}
