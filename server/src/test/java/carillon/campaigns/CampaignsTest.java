package carillon.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CampaignsTest {

  private static final String SMS = "{\"channel\": \"sms\", \"content\": {\"body\": \"Hi\"}}";
  private static final String PUSH =
      "{\"channel\": \"mobile_push\", \"content\": {\"body\": \"Hi\"}}";

  private final Shop shop = TestServer.shop();
  private final Desk desk = new Desk(shop);
  private final String list = desk.list("Everybody");

  @Test
  void aNewCampaignIsADraftWithAllDefaults() {
    var campaign = create("Spring", Desk.email("Hello")).expect(201);

    assertThat(campaign.text("/data/attributes/status")).isEqualTo("Draft");
    assertThat(campaign.at("/data/attributes/archived").booleanValue()).isFalse();
    assertThat(campaign.at("/data/attributes/scheduled_at").isNull()).isTrue();
    assertThat(campaign.at("/data/attributes/send_time").isNull()).isTrue();
    assertThat(campaign.text("/data/attributes/send_strategy/method")).isEqualTo("immediate");
    assertThat(campaign.at("/data/attributes/send_options/use_smart_sending").booleanValue())
        .isTrue();
    assertThat(campaign.at("/data/attributes/tracking_options"))
        .isEqualTo(
            Json.read(
                """
                {"is_tracking_opens": true, "is_tracking_clicks": true,
                  "add_tracking_params": false, "custom_tracking_params": []}
                """));
    assertThat(campaign.at("/data/attributes/audiences/excluded").isEmpty()).isTrue();
  }

  @Test
  void aMessageIsLabelledAfterItsCampaignUnlessItSaysOtherwise() {
    var campaign = create("Spring", Desk.email("Hello")).expect(201);

    var message = message(Desk.message(campaign)).expect(200);

    assertThat(message.text("/data/attributes/definition/label")).isEqualTo("Spring");
    assertThat(message.text("/data/attributes/definition/content/subject")).isEqualTo("Hello");
    assertThat(message.at("/data/attributes/definition/content/cc_email").isNull()).isTrue();
    assertThat(message.text("/data/relationships/campaign/data/id")).isEqualTo(campaign.id());
  }

  @Test
  void allChannelsCanBeDrafted() {
    create("Text", SMS).expect(201);
    create("Push", PUSH).expect(201);
    create(
            "Silent",
            "{\"channel\": \"mobile_push\", \"kv_pairs\": {\"a\": \"b\"},"
                + " \"notification_type\": \"silent\"}")
        .expect(201);

    assertThat(all("sms").attributes("name")).containsExactly("Text");
    assertThat(all("mobile_push").attributes("name")).containsExactly("Silent", "Push");
    assertThat(all("email").ids()).isEmpty();
  }

  @Test
  void campaignsAreListedByChannelOnly() {
    assertThat(shop.get("/api/campaigns").expect(400).details())
        .containsExactly("A filter on 'messages.channel' is required.");
  }

  @Test
  void aCampaignIsFoundByNameStatusAndTime() {
    var spring = create("Spring sale", Desk.email("a")).expect(201).id();
    create("Autumn", Desk.email("b")).expect(201);

    assertThat(found("contains(name,'SALE')")).containsExactly(spring);
    assertThat(found("any(status,['Draft','Sent']),any(id,['" + spring + "'])"))
        .containsExactly(spring);
    assertThat(found("equals(archived,true)")).isEmpty();
    assertThat(found("greater-than(created_at,2020-01-01T00:00:00Z)")).hasSize(2);
    assertThat(found("greater-than(scheduled_at,2020-01-01T00:00:00Z)")).isEmpty();
  }

  @Test
  void draftsComeLastWhenSortedBySchedule() {
    var draft = create("Draft", Desk.email("a")).expect(201).id();
    var scheduled = desk.ready(fixed("2999-01-01T00:00:00Z"), list).id();
    desk.send(scheduled).expect(202);

    assertThat(sorted("scheduled_at")).containsExactly(scheduled, draft);
    assertThat(sorted("-scheduled_at")).containsExactly(scheduled, draft);
  }

  @Test
  void messagesAndTagsCanBeIncluded() {
    var campaign = create("Spring", Desk.email("Hello")).expect(201);
    tag(campaign.id());

    var answer =
        shop.get("/api/campaigns/" + campaign.id() + "?include=campaign-messages,tags").expect(200);

    assertThat(answer.at("/included")).hasSize(2);
    assertThat(answer.text("/included/0/attributes/definition/content/subject")).isEqualTo("Hello");
    assertThat(shop.get("/api/campaigns/" + campaign.id() + "/tags").expect(200).ids()).hasSize(1);
  }

  @Test
  void unknownAudiencesAreNotFound() {
    assertThat(
            desk.create("x", "", "", Desk.email("x"), List.of(list, "NoList"), List.of())
                .expect(404)
                .details())
        .containsExactly("A list or segment with id 'NoList' does not exist.");
  }

  @Test
  void anAudienceIsEitherInOrOut() {
    desk.create("x", "", "", Desk.email("x"), List.of(list), List.of(list)).expect(400);
  }

  @Test
  void aMailHasNoRenderOptions() {
    var campaign = create("Spring", Desk.email("Hello")).expect(201);

    var refused =
        desk.redefine(
                Desk.message(campaign),
                "{\"channel\": \"email\", \"render_options\": {\"shorten_links\": true}}")
            .expect(400);

    assertThat(refused.details())
        .containsExactly(
            "'render_options' is not a valid field for the resource 'EmailMessageDefinition'.");
    assertThat(refused.text("/errors/0/source/pointer"))
        .isEqualTo("/data/attributes/definition/render_options");
  }

  @Test
  void aDefinitionIsReplacedAsAWhole() {
    var campaign = create("Spring", Desk.email("Hello")).expect(201);

    var message =
        desk.redefine(
                Desk.message(campaign),
                "{\"channel\": \"email\", \"content\": {\"preview_text\": \"Look\"}}")
            .expect(200);

    assertThat(message.at("/data/attributes/definition/content/subject").isNull()).isTrue();
    assertThat(message.text("/data/attributes/definition/content/preview_text")).isEqualTo("Look");
    desk.redefine(Desk.message(campaign), SMS).expect(400);
  }

  @Test
  void partsOfADefinitionThatAreNullGetTheirDefaults() {
    var mail = create("Mail", "{\"channel\": \"email\", \"content\": null}").expect(201);
    var text =
        create("Text", "{\"channel\": \"sms\", \"content\": null, \"render_options\": null}")
            .expect(201);
    var push =
        create("Push", PUSH.replace("\"content\"", "\"options\": null, \"content\"")).expect(201);

    var cleared =
        desk.redefine(Desk.message(push), "{\"channel\": \"mobile_push\", \"content\": null}")
            .expect(200)
            .at("/data/attributes/definition");

    assertThat(definition(mail).at("/content/subject").isNull()).isTrue();
    assertThat(definition(text).at("/content/body").isNull()).isTrue();
    assertThat(definition(text).at("/render_options/shorten_links").booleanValue()).isTrue();
    assertThat(cleared.get("notification_type").stringValue()).isEqualTo("standard");
    assertThat(cleared.at("/content/body").isNull()).isTrue();
    assertThat(cleared.at("/options/play_sound").booleanValue()).isFalse();
  }

  private JsonNode definition(Answer campaign) {
    return shop.get("/api/campaign-messages/" + Desk.message(campaign))
        .expect(200)
        .at("/data/attributes/definition");
  }

  @Test
  void onlyTextsAndPushesHaveAnImage() {
    var mail = Desk.message(create("Mail", Desk.email("Hello")).expect(201));
    var text = Desk.message(create("Text", SMS).expect(201));
    var image = image();

    var refused = setImage(mail, image).expect(400);
    setImage(text, image).expect(204);
    setImage(text, "999").expect(404);

    assertThat(refused.details())
        .containsExactly("Image relationships are only supported for push and SMS messages");
    assertThat(refused.text("/errors/0/source/pointer")).isEqualTo("/data/relationships/images/");
    assertThat(shop.get("/api/campaign-messages/" + text + "/image").expect(200).id())
        .isEqualTo(image);
    assertThat(message(text + "?include=image").at("/included")).hasSize(1);
    assertThat(
            shop.get("/api/campaign-messages/" + mail + "/image").expect(200).at("/data").isNull())
        .isTrue();
  }

  @Test
  void aMessageKeepsACopyOfItsTemplate() {
    var message = Desk.message(create("Spring", Desk.email("Hello")).expect(201));
    var template = desk.template("<p>one</p>");

    desk.assign(message, template).expect(200);
    var first = templateOf(message);
    shop.patch(
            "/api/templates/" + template,
            "{\"data\": {\"type\": \"template\", \"id\": \"%s\", \"attributes\": {\"html\": \"x\"}}}"
                .formatted(template))
        .expect(200);

    assertThat(first.id()).isNotEqualTo(template);
    assertThat(first.text("/data/attributes/name")).isEqualTo("Clone of " + template);
    assertThat(templateOf(message).text("/data/attributes/html")).contains("<p>one</p>");
    assertThat(shop.get("/api/templates").ids()).containsExactly(template);
    shop.delete("/api/templates/" + template).expect(204);
  }

  @Test
  void assigningAgainMakesAnotherCopyAndACopyInUseCannotBeDeleted() {
    var message = Desk.message(create("Spring", Desk.email("Hello")).expect(201));
    var template = desk.template("<p>one</p>");
    desk.assign(message, template).expect(200);
    var first = templateOf(message).id();

    desk.assign(message, template).expect(200);
    var second = templateOf(message).id();

    assertThat(second).isNotEqualTo(first);
    shop.get("/api/templates/" + first).expect(404);
    assertThat(shop.delete("/api/templates/" + second).expect(409).details())
        .containsExactly(
            "Cannot delete template %s while it is attached to\nCampaignMessage %s"
                .formatted(second, message));
  }

  @Test
  void aCloneHasAllButTheIds() {
    var source = desk.ready(fixed("2999-01-01T00:00:00Z"), list);
    tag(source.id());

    var copy = clone(source.id(), "{\"new_name\": \"Again\"}").expect(201);

    assertThat(copy.id()).isNotEqualTo(source.id());
    assertThat(copy.text("/data/attributes/name")).isEqualTo("Again");
    assertThat(copy.at("/data/attributes/audiences"))
        .isEqualTo(source.at("/data/attributes/audiences"));
    assertThat(copy.text("/data/attributes/send_strategy/datetime"))
        .isEqualTo("2999-01-01T00:00:00+00:00");
    assertThat(shop.get("/api/campaigns/" + copy.id() + "/relationships/tags").ids()).hasSize(1);
    assertThat(templateOf(Desk.message(copy)).id())
        .isNotEqualTo(templateOf(Desk.message(source)).id());
    assertThat(clone(source.id(), "{}").expect(201).text("/data/attributes/name"))
        .isEqualTo("Copy of Spring sale");
  }

  @Test
  void aChangeKeepsWhatItDoesNotName() {
    var other = desk.list("Others");
    var campaign = create("Spring", Desk.email("Hello")).expect(201);

    desk.change(campaign.id(), "{\"audiences\": {\"excluded\": [\"%s\"]}}".formatted(other))
        .expect(200);
    var changed =
        desk.change(
                campaign.id(),
                "{\"name\": \"Summer\", \"send_options\": {\"use_smart_sending\": false}}")
            .expect(200);

    assertThat(changed.text("/data/attributes/name")).isEqualTo("Summer");
    assertThat(changed.text("/data/attributes/audiences/included/0")).isEqualTo(list);
    assertThat(changed.text("/data/attributes/audiences/excluded/0")).isEqualTo(other);
    assertThat(changed.at("/data/attributes/send_options/use_smart_sending").booleanValue())
        .isFalse();
  }

  @Test
  void audiencesThatAreNullStay() {
    var campaign = create("Spring", Desk.email("Hello")).expect(201);
    var changed = desk.change(campaign.id(), "{\"audiences\": null}").expect(200);
    assertThat(changed.at("/data/attributes/audiences"))
        .isEqualTo(campaign.at("/data/attributes/audiences"));
  }

  @Test
  void trackingParametersNeedSourceAndMedium() {
    var tracking =
        "\"tracking_options\": {\"add_tracking_params\": true, \"custom_tracking_params\":"
            + " [{\"type\": \"static\", \"name\": \"utm_source\", \"value\": \"x\"}%s]}";
    var medium = ", {\"type\": \"dynamic\", \"name\": \"utm_medium\", \"value\": \"message_type\"}";

    create("a", "", tracking.formatted("")).expect(400);
    create("b", "", tracking.formatted(medium)).expect(201);
  }

  @Test
  void aDeletedCampaignIsGoneWithItsTagsAndMessages() {
    var campaign = desk.ready(Desk.IMMEDIATE, list);
    tag(campaign.id());

    shop.delete("/api/campaigns/" + campaign.id()).expect(204);

    assertThat(shop.get("/api/campaigns/" + campaign.id()).expect(404).details())
        .containsExactly("A campaign with id '" + campaign.id() + "' does not exist.");
    message(Desk.message(campaign)).expect(404);
    assertThat(
            shop.get(
                    "/api/tags/"
                        + shop.get("/api/tags").ids().getFirst()
                        + "/relationships/campaigns")
                .ids())
        .isEmpty();
  }

  @Test
  void aCampaignOfAnotherAccountIsNotFound() {
    var campaign = create("Spring", Desk.email("Hello")).expect(201).id();
    TestServer.shop().get("/api/campaigns/" + campaign).expect(404);
  }

  @Test
  void allFaultsOfACampaignThatCannotBeSentAreToldAtOnce() {
    var campaign =
        desk.create(
                "Bad",
                fixed("2020-01-01T00:00:00Z"),
                "",
                "{\"channel\": \"email\", \"content\": {\"from_email\": \"nobody\"}}",
                List.of(list),
                List.of())
            .expect(201);

    assertThat(desk.send(campaign.id()).expect(400).details())
        .containsExactlyInAnyOrder(
            "The campaign message has no subject.",
            "'from_email' is not a valid email address.",
            "No template is assigned to the campaign message.",
            "The send time of the campaign is in the past.");
    assertThat(desk.status(campaign.id())).isEqualTo("Draft");
  }

  @Test
  void aTemplateThatCannotBeRenderedIsNotSent() {
    var campaign = create("Spring", Desk.email("Hello {{ first_name")).expect(201);
    desk.assign(Desk.message(campaign), desk.template("<p>{% if %}</p>")).expect(200);

    assertThat(desk.send(campaign.id()).expect(400).details()).isNotEmpty();
  }

  @Test
  void textsAndPushesAreNotSentYet() {
    for (var definition : List.of(SMS, PUSH)) {
      var campaign = create("x", definition).expect(201).id();
      assertThat(desk.send(campaign).expect(400).details().getFirst())
          .startsWith("Sending is supported for email campaigns only for now");
    }
  }

  @Test
  void anEstimationIsOutOfDateOnceTheAudienceChanges() {
    var people = desk.crowd("estimated", 3);
    var one = desk.listOf("one", List.of(desk.person("one@shop.example", "")));
    var campaign =
        desk.create("x", "", "", Desk.email("x"), List.of(people, one), List.of()).expect(201).id();
    var none = "No results or results were out of date. Schedule a new estimation.";
    assertThat(desk.estimation(campaign).expect(404).details()).containsExactly(none);

    desk.estimate(campaign).expect(202);
    var counted =
        shop.eventually(() -> desk.estimation(campaign), answer -> answer.status() == 200);
    desk.change(
            campaign,
            "{\"audiences\": {\"excluded\": [\"%s\"], \"included\": [\"%s\"]}}"
                .formatted(one, people))
        .expect(200);

    assertThat(counted.at("/data/attributes/estimated_recipient_count").intValue()).isEqualTo(4);
    assertThat(
            shop.get("/api/campaign-recipient-estimation-jobs/" + campaign)
                .expect(200)
                .text("/data/attributes/status"))
        .isEqualTo("complete");
    assertThat(desk.estimation(campaign).expect(404).details()).containsExactly(none);
  }

  private Answer create(String name, String definition) {
    return desk.create(name, "", "", definition, List.of(list), List.of());
  }

  private Answer create(String name, String strategy, String more) {
    return desk.create(name, strategy, more, Desk.email("x"), List.of(list), List.of());
  }

  private Answer all(String channel) {
    return shop.get(
            "/api/campaigns?filter=" + Shop.encoded("equals(messages.channel,'" + channel + "')"))
        .expect(200);
  }

  private List<String> found(String filter) {
    return shop.get(
            "/api/campaigns?filter=" + Shop.encoded("equals(messages.channel,'email')," + filter))
        .expect(200)
        .ids();
  }

  private List<String> sorted(String field) {
    return shop.get(
            "/api/campaigns?sort="
                + field
                + "&filter="
                + Shop.encoded("equals(messages.channel,'email')"))
        .expect(200)
        .ids();
  }

  private Answer message(String id) {
    return shop.get("/api/campaign-messages/" + id);
  }

  private Answer templateOf(String message) {
    return shop.get("/api/campaign-messages/" + message + "/template").expect(200);
  }

  private Answer clone(String id, String attributes) {
    return shop.post(
        "/api/campaign-clone",
        "{\"data\": {\"type\": \"campaign\", \"id\": \"%s\", \"attributes\": %s}}"
            .formatted(id, attributes));
  }

  private Answer setImage(String message, String image) {
    return shop.patch(
        "/api/campaign-messages/" + message + "/relationships/image",
        "{\"data\": {\"type\": \"image\", \"id\": \"%s\"}}".formatted(image));
  }

  private String image() {
    return shop.post(
            "/api/images",
            """
            {"data": {"type": "image", "attributes": {"name": "dot", "import_from_url":
              "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"}}}
            """)
        .expect(201)
        .id();
  }

  private void tag(String campaign) {
    var tag =
        shop.post(
                "/api/tags",
                "{\"data\": {\"type\": \"tag\", \"attributes\": {\"name\": \"sale\"}}}")
            .expect(201)
            .id();
    shop.post(
            "/api/tags/" + tag + "/relationships/campaigns",
            "{\"data\": [{\"type\": \"campaign\", \"id\": \"%s\"}]}".formatted(campaign))
        .expect(204);
  }

  private static String fixed(String datetime) {
    return "{\"method\": \"static\", \"datetime\": \"" + datetime + "\"}";
  }
}
