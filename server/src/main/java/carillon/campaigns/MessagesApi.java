package carillon.campaigns;

import static carillon.campaigns.CampaignsApi.reading;
import static carillon.campaigns.CampaignsApi.writing;

import carillon.images.Image;
import carillon.images.Images;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Body;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.platform.db.Database;
import carillon.templates.Template;
import carillon.templates.Templates;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The operations on the messages of campaigns, and what belongs to them. */
final class MessagesApi {

  private static final String ONE = "/api/campaign-messages/{id}";

  private final Drafts drafts;
  private final CampaignStore campaigns;
  private final MessageStore messages;
  private final Templates templates;
  private final Images images;
  private final ResourceType<Campaign> campaign;
  private final ResourceType<CampaignMessage> message;

  MessagesApi(Database db, CampaignTypes types, Drafts drafts, Neighbours neighbours) {
    this.drafts = drafts;
    this.campaigns = new CampaignStore(db);
    this.messages = new MessageStore(db);
    this.templates = neighbours.templates();
    this.images = neighbours.images();
    this.campaign = types.campaign();
    this.message = types.message();
  }

  Stream<Operation> operations() {
    return Stream.of(ofCampaigns(), themselves(), theirCampaigns(), theirTemplates(), theirImages())
        .flatMap(all -> all);
  }

  private Stream<Operation> ofCampaigns() {
    return Stream.of(
        reading(
                message.list(
                    "get_messages_for_campaign",
                    "/api/campaigns/{id}/campaign-messages",
                    "List the messages of a campaign"))
            .aliases("get_campaign_campaign_messages", "get_campaign_messages")
            .include("campaign", "image", "template")
            .to(request -> Reply.rows(List.of(messageOf(request)))),
        reading(
                message.linkages(
                    "get_message_ids_for_campaign",
                    "/api/campaigns/{id}/relationships/campaign-messages",
                    "List the ids of the messages of a campaign"))
            .aliases(
                "get_campaign_relationships_campaign_messages",
                "get_campaign_relationships_messages")
            .to(request ->
                Reply.ids(List.of(campaigns.get(request.account(), request.id()).message()))));
  }

  private CampaignMessage messageOf(Request request) {
    var one = campaigns.get(request.account(), request.id());
    return messages.get(request.account(), one.message());
  }

  private Stream<Operation> themselves() {
    return Stream.of(
        reading(message.get("get_campaign_message", ONE, "Get a message of a campaign"))
            .include("campaign", "image", "template")
            .to(request -> Reply.row(message(request))),
        writing(message.update("update_campaign_message", ONE, "Change a message of a campaign"))
            .body(
                Body.of("campaign-message")
                    .id()
                    .attributes(DefinitionSchemas.UPDATE)
                    .relationships(Body.one("image", "image")))
            .to(request -> Reply.row(drafts.redefine(request))),
        writing(
                CampaignTypes.FLAT_MESSAGE.query(
                    "assign_template_to_campaign_message",
                    "/api/campaign-message-assign-template",
                    "Give a message a copy of a template"))
            .aliases("create_campaign_message_assign_template")
            .body(
                Body.of("campaign-message")
                    .id()
                    .requiredRelationships(Body.one("template", "template").required()))
            .to(this::assign));
  }

  private CampaignMessage message(Request request) {
    return messages.get(request.account(), request.id());
  }

  private Reply assign(Request request) {
    return Reply.row(
        drafts.assign(
            request.account(),
            request.bodyId().orElseThrow(),
            request.related("template").orElseThrow(MessagesApi::noTemplate)));
  }

  private static ApiError noTemplate() {
    return ApiError.invalid(
        "/data/relationships/template/data",
        "'data' is a required field for the resource 'template'.");
  }

  private Stream<Operation> theirCampaigns() {
    return Stream.of(
        reading(
                campaign.get(
                    "get_campaign_for_campaign_message",
                    ONE + "/campaign",
                    "Get the campaign of a message"))
            .aliases("get_campaign_message_campaign")
            .to(request ->
                Reply.row(campaigns.get(request.account(), message(request).campaign()))),
        reading(
                campaign.linkage(
                    "get_campaign_id_for_campaign_message",
                    ONE + "/relationships/campaign",
                    "Get the id of the campaign of a message"))
            .aliases("get_campaign_message_relationships_campaign")
            .to(request -> Reply.id(message(request).campaign())));
  }

  private Stream<Operation> theirTemplates() {
    return Stream.of(
        templates(
                Templates.TYPE.get(
                    "get_template_for_campaign_message",
                    ONE + "/template",
                    "Get the template of a message"))
            .aliases("get_campaign_message_template")
            .to(request -> Reply.rowOrNull(template(request))),
        templates(
                Templates.TYPE.linkage(
                    "get_template_id_for_campaign_message",
                    ONE + "/relationships/template",
                    "Get the id of the template of a message"))
            .aliases("get_campaign_message_relationships_template")
            .to(request -> new Reply.Id(message(request).links().template())));
  }

  private Optional<Template> template(Request request) {
    return message(request).links().template().map(id -> templates.get(request.account(), id));
  }

  private static OperationBuilder templates(OperationBuilder operation) {
    return reading(operation).scopes("campaigns:read", "templates:read");
  }

  private Stream<Operation> theirImages() {
    return Stream.of(
        reading(
                images
                    .type()
                    .get(
                        "get_image_for_campaign_message",
                        ONE + "/image",
                        "Get the image of a message"))
            .scopes("campaigns:read", "images:read")
            .aliases("get_campaign_message_image")
            .to(request -> Reply.rowOrNull(image(request))),
        reading(
                images
                    .type()
                    .linkage(
                        "get_image_id_for_campaign_message",
                        ONE + "/relationships/image",
                        "Get the id of the image of a message"))
            .scopes("campaigns:read", "images:read")
            .aliases("get_campaign_message_relationships_image")
            .to(request -> new Reply.Id(message(request).links().image())),
        writing(
                images
                    .type()
                    .change(
                        "update_image_for_campaign_message",
                        ONE + "/relationships/image",
                        "Set the image of a message"))
            .scopes("campaigns:write", "images:read")
            .aliases("update_campaign_message_relationships_image")
            .body(Schema.struct("image", Body.identifier("image").as("data").required()))
            .to(this::setImage));
  }

  private Optional<Image> image(Request request) {
    return message(request).links().image().map(id -> images.get(request.account(), id));
  }

  private Reply setImage(Request request) {
    drafts.picture(request.account(), request.id(), request.linkage().orElseThrow());
    return Reply.nothing();
  }
}
