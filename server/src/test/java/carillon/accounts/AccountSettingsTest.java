package carillon.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

class AccountSettingsTest {

  private final Shop shop = TestServer.shop();

  @Test
  void whatIsNotNamedStays() {
    var before = settings().expect(200);
    assertThat(before.text("/data/type")).isEqualTo("account-settings");
    assertThat(before.id()).isEqualTo(shop.account());
    assertThat(before.text("/data/attributes/timezone")).isEqualTo("UTC");
    assertThat(before.at("/data/attributes/double_opt_in").booleanValue()).isTrue();
    assertThat(before.at("/data/attributes/smart_sending_hours").intValue()).isEqualTo(16);
    assertThat(before.at("/data/attributes/confirmation_template_id").isNull()).isTrue();

    change("\"organization_name\": \" Fern & Fable \", \"timezone\": \"Europe/Berlin\"")
        .expect(200);
    change("\"city\": \"Berlin\", \"smart_sending_hours\": 0, \"double_opt_in\": false")
        .expect(200);

    var account = shop.get("/api/accounts/" + shop.account()).expect(200);
    var contact = "/data/attributes/contact_information/";
    assertThat(account.text(contact + "organization_name")).isEqualTo("Fern & Fable");
    assertThat(account.text(contact + "street_address/city")).isEqualTo("Berlin");
    assertThat(account.text("/data/attributes/timezone")).isEqualTo("Europe/Berlin");
    var list =
        shop.post(
            "/api/lists", "{\"data\": {\"type\": \"list\", \"attributes\": {\"name\": \"L\"}}}");
    assertThat(list.text("/data/attributes/opt_in_process")).isEqualTo("single_opt_in");
    assertThat(settings().at("/data/attributes/attribution_hours").intValue()).isEqualTo(120);
  }

  @Test
  void whatCannotBeIsRefusedAllAtOnceAndChangesNothing() {
    var answer =
        change(
            """
            "organization_name": "Fern", "timezone": "Nowhere", "sender_email": "nobody",
            "website_url": "javascript:alert(1)", "city": "Two\\nlines", "attribution_hours": 0,
            "smart_sending_hours": 100000, "secret": true
            """);

    assertThat(answer.expect(400).details()).hasSize(7);
    assertThat(settings().text("/data/attributes/organization_name")).isNotEqualTo("Fern");
  }

  @Test
  void aConfirmationTemplateMustBeThereAndHoldTheLink() {
    var good = template("<p>Hi {{ email }}: <a href='{{ confirmation_url }}'>yes</a></p>");
    var poor = template("<p>Thank you</p>");

    change("\"confirmation_template_id\": \"NOPE01\"").expect(400);
    var refused = change("\"confirmation_template_id\": \"" + poor + "\"").expect(400);
    assertThat(refused.text("/errors/0/source/pointer"))
        .isEqualTo("/data/attributes/confirmation_template_id");
    change("\"confirmation_subject\": \"{% if %}\"").expect(400);
    change("\"confirmation_template_id\": \"" + good + "\"").expect(200);
    assertThat(settings().text("/data/attributes/confirmation_template_id")).isEqualTo(good);
    change("\"confirmation_template_id\": null").expect(200);
    assertThat(settings().at("/data/attributes/confirmation_template_id").isNull()).isTrue();
  }

  @Test
  void ourOwnOperationsNeedNoRevision() {
    var plain =
        Shop.send(
            HttpRequest.newBuilder(URI.create(TestServer.shared().url() + "/carillon/account"))
                .header("Authorization", "Klaviyo-API-Key " + shop.key())
                .build());
    assertThat(plain.status()).isEqualTo(200);
    assertThat(plain.at("/data/links").isMissingNode()).isTrue();
    assertThat(shop.get("/carillon/nothing").status()).isEqualTo(404);
  }

  private Answer settings() {
    return shop.get("/carillon/account");
  }

  private Answer change(String attributes) {
    return shop.patch("/carillon/account", body(attributes));
  }

  private static String body(String attributes) {
    return "{\"data\": {\"type\": \"account-settings\", \"attributes\": {" + attributes + "}}}";
  }

  private String template(String html) {
    return shop.post(
            "/api/templates",
            """
            {"data": {"type": "template", "attributes": {"name": "Confirm",
              "editor_type": "CODE", "html": "%s"}}}
            """
                .formatted(html))
        .expect(201)
        .id();
  }
}
