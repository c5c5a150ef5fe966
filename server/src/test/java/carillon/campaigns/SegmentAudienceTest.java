package carillon.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.db.Database;
import carillon.server.Carillon;
import carillon.testing.Shop;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import carillon.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Campaigns for the members of segments. */
class SegmentAudienceTest {

  private final Database db = TestDatabase.create();
  private final Carillon server = TestServer.start(Map.of(), db, new TestClock());
  private final Shop shop = TestServer.shop(server);
  private final Desk desk = new Desk(shop);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aCampaignGoesToTheMembersOfItsSegmentsAtTheMomentOfSending() {
    person("ada@shop.example", "gold", "Rome");
    person("bo@shop.example", "gold", "Oslo");
    var cy = person("cy@shop.example", "tin", "Rome");
    var listed = person("dee@shop.example", "tin", "Rome");
    var list = desk.listOf("Some", List.of(listed));
    var campaign =
        desk.create(
                "Sale",
                Desk.IMMEDIATE,
                "",
                Desk.email("Hello"),
                List.of(segment("plan", "gold"), list),
                List.of(segment("town", "Oslo")))
            .expect(201);
    desk.assign(Desk.message(campaign), desk.template("<p>Hi</p>")).expect(200);
    shop.patch(
            "/api/profiles/" + cy,
            """
            {"data": {"type": "profile", "id": "%s", "attributes": {"properties": {"plan": "gold"}}}}
            """
                .formatted(cy))
        .expect(200);
    shop.eventually(
        () -> shop.get("/api/profiles/" + cy + "/segments"), answer -> !answer.ids().isEmpty());

    desk.send(campaign.id()).expect(202);

    shop.eventually(
        () -> desk.campaign(campaign.id()),
        answer -> answer.text("/data/attributes/status").equals("Sent"));
    assertThat(recipients(campaign.id()))
        .containsExactlyInAnyOrder("ada@shop.example", "cy@shop.example", "dee@shop.example");
  }

  @Test
  void aSegmentJustMadeKnowsItsMembersBeforeMailsAreAddressed() {
    person("ada@shop.example", "gold", "Rome");
    person("bo@shop.example", "gold", "Oslo");
    var made = segment("plan", "gold");
    var campaign =
        desk.create(
                "Sale",
                Desk.IMMEDIATE,
                "",
                Desk.email("Hello"),
                List.of(made),
                List.of(segment("town", "Oslo")))
            .expect(201);
    desk.assign(Desk.message(campaign), desk.template("<p>Hi</p>")).expect(200);

    desk.send(campaign.id()).expect(202);

    shop.eventually(
        () -> desk.campaign(campaign.id()),
        answer -> answer.text("/data/attributes/status").equals("Sent"));
    assertThat(recipients(campaign.id())).containsExactly("ada@shop.example");
  }

  @Test
  void segmentsAreEstimated() {
    person("ada@shop.example", "gold", "Rome");
    person("bo@shop.example", "gold", "Oslo");
    var gold = segment("plan", "gold");
    shop.eventually(
        () -> shop.get("/api/segments/" + gold),
        answer -> !answer.at("/data/attributes/is_processing").booleanValue());
    var campaign =
        desk.create("Sale", Desk.IMMEDIATE, "", Desk.email("Hello"), List.of(gold), List.of())
            .expect(201)
            .id();

    desk.estimate(campaign).expect(202);

    var estimation = shop.eventually(() -> desk.estimation(campaign), it -> it.status() == 200);
    assertThat(estimation.at("/data/attributes/estimated_recipient_count").intValue()).isEqualTo(2);
  }

  @Test
  void anAudienceThatIsNotThereIsRefused() {
    var list = desk.list("Some");
    var refused =
        desk.create(
            "Sale", Desk.IMMEDIATE, "", Desk.email("Hello"), List.of(list, "NOBODY"), List.of());
    assertThat(refused.expect(404).details())
        .containsExactly("A list or segment with id 'NOBODY' does not exist.");
  }

  private List<String> recipients(String campaign) {
    return db.sql("select recipient from message where campaign_id = :campaign")
        .bind("campaign", campaign)
        .list(row -> row.text("recipient"));
  }

  private String person(String email, String plan, String town) {
    return shop.post(
            "/api/profiles",
            """
            {"data": {"type": "profile", "attributes": {"email": "%s",
              "properties": {"plan": "%s", "town": "%s"}}}}
            """
                .formatted(email, plan, town))
        .expect(201)
        .id();
  }

  private String segment(String property, String value) {
    return shop.post(
            "/api/segments",
            """
            {"data": {"type": "segment", "attributes": {"name": "Some", "definition":
              {"condition_groups": [{"conditions": [
                {"type": "profile-property", "property": "properties['%s']",
                 "filter": {"type": "string", "operator": "equals", "value": "%s"}}]}]}}}}
            """
                .formatted(property, value))
        .expect(201)
        .id();
  }
}
