package carillon.campaigns;

import static java.util.stream.Collectors.toMap;

import carillon.images.Image;
import carillon.images.Images;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Caller;
import carillon.jsonapi.Field;
import carillon.jsonapi.Relation;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.platform.db.Database;
import carillon.templates.Template;
import carillon.templates.Templates;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What campaigns and their messages look like in answers, and how they refer to each other. */
final class CampaignTypes {

  static final Field<String> NAME = Schema.text().length(1, 255).as("name").required();
  static final Field<String> NEW_NAME = Schema.text().length(1, 255).as("name").nullable();

  private static final Field<?> CREATED = Schema.moment().as("created_at");
  private static final Field<?> UPDATED = Schema.moment().as("updated_at");

  private static final List<Attribute<Campaign>> CAMPAIGN_ATTRIBUTES =
      List.of(
          Attribute.of(NAME, Campaign::name),
          Attribute.of(
              Schema.choice(CampaignStatus.words()).as("status").required(),
              campaign -> campaign.status().word()),
          Attribute.of(Schema.bool().as("archived").required(), Campaign::archived),
          Attribute.of(PlanSchemas.AUDIENCES, campaign -> campaign.plan().audience().json()),
          Attribute.of(PlanSchemas.SEND_OPTIONS_ANSWER, campaign -> campaign.plan().sendOptions()),
          Attribute.of(PlanSchemas.TRACKING, campaign -> campaign.plan().tracking()),
          Attribute.of(PlanSchemas.STRATEGY_ANSWER, campaign -> campaign.plan().strategy().json()),
          Attribute.of(CREATED.required(), campaign -> campaign.times().created()),
          Attribute.of(
              Schema.moment().as("scheduled_at").nullable(),
              campaign -> campaign.times().scheduled()),
          Attribute.of(UPDATED.required(), campaign -> campaign.times().updated()),
          Attribute.of(
              Schema.moment().as("send_time").nullable(), campaign -> campaign.times().send()));

  private static final List<Attribute<CampaignMessage>> MESSAGE_ATTRIBUTES =
      List.of(
          Attribute.of(DefinitionSchemas.ANSWER, CampaignMessage::definition),
          Attribute.of(DefinitionSchemas.SEND_TIMES, CampaignMessage::sendTimes),
          Attribute.of(CREATED.nullable(), CampaignMessage::created),
          Attribute.of(UPDATED.nullable(), CampaignMessage::updated));

  /** As a message looks after a template was assigned, the only place where it is flat. */
  static final ResourceType<CampaignMessage> FLAT_MESSAGE =
      ResourceType.<CampaignMessage>of(
              "campaign-message",
              "campaign-messages",
              CampaignMessage::id,
              List.of(
                  Attribute.of(
                      Schema.text().as("label").required(),
                      message -> message.definition().path("label").asString("")),
                  Attribute.of(Schema.text().as("channel").required(), CampaignMessage::channel),
                  Attribute.of(
                      DefinitionSchemas.FLAT_CONTENT,
                      message -> message.definition().get("content")),
                  Attribute.of(DefinitionSchemas.SEND_TIMES, CampaignMessage::sendTimes),
                  Attribute.of(
                      DefinitionSchemas.FLAT_RENDER_OPTIONS,
                      message -> message.definition().path("render_options").asObjectOpt()),
                  Attribute.of(CREATED.nullable(), CampaignMessage::created),
                  Attribute.of(UPDATED.nullable(), CampaignMessage::updated)))
          .with(
              List.of(
                  Relation.<CampaignMessage>one("campaign", "campaign")
                      .inlined(message -> List.of(message.campaign())),
                  Relation.<CampaignMessage>one("template", "template")
                      .inlined(message -> message.links().template().stream().toList())));

  private final CampaignStore campaigns;
  private final MessageStore messages;
  private final Templates templates;
  private final Images images;
  private final ResourceType<Campaign> campaign;
  private final ResourceType<CampaignMessage> message;

  CampaignTypes(Database db, Neighbours neighbours) {
    this.campaigns = new CampaignStore(db);
    this.messages = new MessageStore(db);
    this.templates = neighbours.templates();
    this.images = neighbours.images();
    var bare = ResourceType.of("campaign", "campaigns", Campaign::id, CAMPAIGN_ATTRIBUTES);
    this.campaign =
        bare.with(
            List.of(
                Relation.<Campaign>many("campaign-messages", "campaign-message")
                    .inlined(one -> List.of(one.message()))
                    .includable(this::message, (caller, rows, _) -> messagesOf(caller, rows)),
                neighbours.tags().relation(bare, "campaign")));
    this.message =
        ResourceType.of(
                "campaign-message", "campaign-messages", CampaignMessage::id, MESSAGE_ATTRIBUTES)
            .with(
                List.of(
                    Relation.<CampaignMessage>one("campaign", "campaign")
                        .inlined(one -> List.of(one.campaign()))
                        .includable(this::campaign, (caller, rows, _) -> campaignsOf(caller, rows)),
                    Relation.<CampaignMessage>one("template", "template")
                        .includable(
                            () -> Templates.TYPE, (caller, rows, _) -> templatesOf(caller, rows)),
                    Relation.<CampaignMessage>one("image", "image")
                        .includable(images::type, (caller, rows, _) -> imagesOf(caller, rows))));
  }

  ResourceType<Campaign> campaign() {
    return campaign;
  }

  ResourceType<CampaignMessage> message() {
    return message;
  }

  private Map<String, List<CampaignMessage>> messagesOf(Caller caller, Collection<Campaign> rows) {
    return messages.all(caller.account(), rows.stream().map(Campaign::message).toList()).stream()
        .collect(toMap(CampaignMessage::campaign, List::of));
  }

  private Map<String, List<Campaign>> campaignsOf(Caller caller, Collection<CampaignMessage> rows) {
    return campaigns
        .all(caller.account(), rows.stream().map(CampaignMessage::campaign).toList())
        .stream()
        .collect(toMap(Campaign::message, List::of));
  }

  private Map<String, List<Template>> templatesOf(Caller caller, Collection<CampaignMessage> rows) {
    return linked(
        rows, message -> message.links().template(), ids -> templates.byId(caller.account(), ids));
  }

  private Map<String, List<Image>> imagesOf(Caller caller, Collection<CampaignMessage> rows) {
    return linked(
        rows,
        message -> message.links().image().map(Long::valueOf),
        ids -> images.byId(caller.account(), ids));
  }

  private static <I, R> Map<String, List<R>> linked(
      Collection<CampaignMessage> rows,
      Function<CampaignMessage, Optional<I>> link,
      Function<Collection<I>, Map<I, R>> load) {
    var found = load.apply(rows.stream().flatMap(row -> link.apply(row).stream()).toList());
    return rows.stream()
        .filter(row -> link.apply(row).map(found::containsKey).orElse(false))
        .collect(toMap(CampaignMessage::id, row -> List.of(found.get(link.apply(row).get()))));
  }
}
