package carillon.campaigns;

import carillon.delivery.Mailing;
import carillon.delivery.MessageSource;
import carillon.delivery.Tracking;
import carillon.platform.db.Database;
import carillon.templates.Template;
import carillon.templates.Templates;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Makes the mails of campaigns ready for delivery, once for each version of a message. */
final class Mailings implements MessageSource {

  private static final int KEPT = 200;

  private final Database db;
  private final CampaignStore campaigns;
  private final MessageStore messages;
  private final Templates templates;
  private final Audiences audiences;
  private final Cache<Version, Optional<Mailing>> ready =
      Caffeine.newBuilder().maximumSize(KEPT).build();

  private record Version(String account, String message, Instant campaign, Instant updated) {}

  Mailings(Database db, Neighbours neighbours) {
    this.db = db;
    this.campaigns = new CampaignStore(db);
    this.messages = new MessageStore(db);
    this.templates = neighbours.templates();
    this.audiences = neighbours.audiences();
  }

  @Override
  public Map<String, Mailing> mailings(String account, Collection<String> sources) {
    var found = new HashMap<String, Mailing>();
    for (var version : versions(account, sources)) {
      ready.get(version, this::make).ifPresent(mailing -> found.put(version.message(), mailing));
    }
    return found;
  }

  private List<Version> versions(String account, Collection<String> sources) {
    return db.sql(
            """
            select m.id, m.updated_at as message_at, c.updated_at as campaign_at
            from campaign_message m
            join campaign c on c.account_id = m.account_id and c.id = m.campaign_id
            where m.account_id = :account and m.id = any(:ids)
            """)
        .bind("account", account)
        .array("ids", "text", sources)
        .list(row ->
            new Version(
                account, row.text("id"), row.instant("campaign_at"), row.instant("message_at")));
  }

  private Optional<Mailing> make(Version version) {
    var account = version.account();
    return messages.all(account, List.of(version.message())).stream()
        .flatMap(message ->
            campaigns.all(account, List.of(message.campaign())).stream()
                .flatMap(campaign -> mailing(account, campaign, message).stream()))
        .findFirst();
  }

  private Optional<Mailing> mailing(String account, Campaign campaign, CampaignMessage message) {
    return message
        .links()
        .template()
        .flatMap(id -> Optional.ofNullable(templates.byId(account, List.of(id)).get(id)))
        .map(template -> mailing(account, campaign, message, template));
  }

  private Mailing mailing(
      String account, Campaign campaign, CampaignMessage message, Template template) {
    return new Mailing(
        message.id(),
        new Mailing.Campaign(
            campaign.id(),
            campaign.name(),
            message.definition().path("label").asString(campaign.name()),
            group(account, campaign.plan().audience())),
        sender(message),
        message.content("subject").orElse(""),
        message.content("preview_text").orElse(""),
        template.html(),
        template.content().text(),
        tracking(campaign),
        new Mailing.Treatment(
            true,
            campaign.plan().sendOptions().path("use_smart_sending").asBoolean(true),
            campaign.plan().audience().included()));
  }

  private Optional<Mailing.Group> group(String account, Audience audience) {
    var first = audience.included().getFirst();
    return audiences.name(account, first).map(name -> new Mailing.Group(first, name));
  }

  private static Mailing.Sender sender(CampaignMessage message) {
    return new Mailing.Sender(
        message.content("from_email").orElse(""),
        message.content("from_label").orElse(""),
        message.content("reply_to_email"),
        message.content("cc_email").stream().toList(),
        message.content("bcc_email").stream().toList());
  }

  private static Tracking tracking(Campaign campaign) {
    return campaign
        .plan()
        .tracking()
        .map(options ->
            new Tracking(
                options.path("is_tracking_opens").asBoolean(true),
                options.path("is_tracking_clicks").asBoolean(true),
                parameters(options)))
        .orElse(Tracking.PLAIN);
  }

  private static List<Tracking.Parameter> parameters(JsonNode options) {
    if (!options.path("add_tracking_params").asBoolean(false)) {
      return List.of();
    }
    var custom = new ArrayList<Tracking.Parameter>();
    options.path("custom_tracking_params").forEach(one -> custom.add(parameter(one)));
    return custom.isEmpty() ? Tracking.USUAL_PARAMETERS : custom;
  }

  private static Tracking.Parameter parameter(JsonNode json) {
    var name = json.get("name").stringValue();
    var value = json.get("value").stringValue();
    return json.get("type").stringValue().equals("static")
        ? new Tracking.Static(name, value)
        : new Tracking.Dynamic(name, Tracking.Subject.valueOf(value.toUpperCase(Locale.ROOT)));
  }
}
