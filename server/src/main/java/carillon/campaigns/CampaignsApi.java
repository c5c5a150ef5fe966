package carillon.campaigns;

import static carillon.jsonapi.Op.ANY;
import static carillon.jsonapi.Op.CONTAINS;
import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.Op.GREATER_OR_EQUAL;
import static carillon.jsonapi.Op.GREATER_THAN;
import static carillon.jsonapi.Op.LESS_OR_EQUAL;
import static carillon.jsonapi.Op.LESS_THAN;
import static carillon.jsonapi.RateLimit.M;

import carillon.jsonapi.Body;
import carillon.jsonapi.Field;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Sortable;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.tags.Tags;
import java.time.Clock;
import java.util.stream.Stream;

/** The operations on campaigns; those on their messages and jobs stand in classes beside it. */
public final class CampaignsApi {

  private static final Filterable[] FILTERS = {
    Filterable.text("id", "c.id").list(ANY),
    Filterable.text("messages.channel", "c.channel", EQUALS).words("email", "sms", "mobile_push"),
    Filterable.text("name", "c.name", CONTAINS),
    Filterable.text("status", "c.status", EQUALS).list(ANY, EQUALS).words(CampaignStatus.words()),
    Filterable.of("archived", Filterable.Kind.BOOLEAN, "c.archived", EQUALS),
    moment("created_at"),
    moment("scheduled_at"),
    moment("updated_at")
  };

  private static final Sortable CREATED = Sortable.moment("created_at", "c.created_at");

  private static final Sortable[] SORTS = {
    CREATED,
    Sortable.text("id", "c.id"),
    Sortable.text("name", "c.name"),
    Sortable.moment("scheduled_at", "c.scheduled_at").canBeNull(),
    Sortable.moment("updated_at", "c.updated_at")
  };

  private static final Field<String> NEW_COPY_NAME =
      Schema.text().length(1, 255).as("new_name").nullable();

  private final Drafts drafts;
  private final CampaignStore store;
  private final ResourceType<Campaign> campaign;
  private final Tags tags;
  private final MessagesApi messages;
  private final JobsApi jobs;

  public CampaignsApi(Database db, Clock clock, Ids ids, Neighbours neighbours, Campaigns all) {
    var types = new CampaignTypes(db, neighbours);
    this.drafts = new Drafts(db, clock, ids, neighbours);
    this.store = new CampaignStore(db);
    this.campaign = types.campaign();
    this.tags = neighbours.tags();
    this.messages = new MessagesApi(db, types, drafts, neighbours);
    this.jobs = new JobsApi(all);
  }

  public Stream<Operation> operations() {
    return Stream.of(
            reading(),
            writing(),
            tags.operationsOn("campaign", store::get),
            messages.operations(),
            jobs.operations())
        .flatMap(all -> all);
  }

  private Stream<Operation> reading() {
    return Stream.of(
        reading(campaign.list("get_campaigns", "/api/campaigns", "List the campaigns of a channel"))
            .filter(FILTERS)
            .filterRequired("messages.channel")
            .sort(SORTS)
            .order(CREATED, true)
            .include("campaign-messages", "tags")
            .page(100, 100)
            .to(request -> Reply.rows(store.campaigns(request.account(), request.select()))),
        reading(campaign.get("get_campaign", "/api/campaigns/{id}", "Get a campaign"))
            .include("campaign-messages", "tags")
            .to(request -> Reply.row(store.get(request.account(), request.id()))));
  }

  private Stream<Operation> writing() {
    return Stream.of(
        writing(campaign.create("create_campaign", "/api/campaigns", "Create a campaign"))
            .body(
                Body.of("campaign")
                    .attributes(
                        CampaignTypes.NAME,
                        PlanSchemas.AUDIENCES,
                        PlanSchemas.STRATEGY,
                        PlanSchemas.SEND_OPTIONS,
                        PlanSchemas.TRACKING,
                        Body.nestedMany(
                                "campaign-messages",
                                Body.of("campaign-message")
                                    .attributes(DefinitionSchemas.CREATE)
                                    .relationships(Body.one("image", "image"))
                                    .resource(),
                                1,
                                1)
                            .required()))
            .to(request -> Reply.row(drafts.create(request))),
        writing(campaign.update("update_campaign", "/api/campaigns/{id}", "Change a campaign"))
            .body(
                Body.of("campaign")
                    .id()
                    .attributes(
                        CampaignTypes.NEW_NAME,
                        PlanSchemas.AUDIENCES_UPDATE,
                        PlanSchemas.SEND_OPTIONS,
                        PlanSchemas.TRACKING,
                        PlanSchemas.STRATEGY))
            .to(request -> Reply.row(drafts.update(request))),
        writing(campaign.delete("delete_campaign", "/api/campaigns/{id}", "Delete a campaign"))
            .to(this::delete),
        writing(campaign.create("create_campaign_clone", "/api/campaign-clone", "Copy a campaign"))
            .aliases("clone_campaign")
            .body(Body.of("campaign").id().attributes(NEW_COPY_NAME))
            .to(this::clone));
  }

  private Reply delete(Request request) {
    drafts.delete(request.account(), request.id());
    return Reply.nothing();
  }

  private Reply clone(Request request) {
    return Reply.row(
        drafts.clone(
            request.account(), request.bodyId().orElseThrow(), request.find(NEW_COPY_NAME)));
  }

  private static Filterable moment(String name) {
    return Filterable.moment(
        name, "c." + name, GREATER_OR_EQUAL, GREATER_THAN, LESS_OR_EQUAL, LESS_THAN);
  }

  static OperationBuilder reading(OperationBuilder operation) {
    return operation.group("Campaigns").scopes("campaigns:read").limit(M);
  }

  static OperationBuilder writing(OperationBuilder operation) {
    return operation.group("Campaigns").scopes("campaigns:write").limit(M);
  }
}
