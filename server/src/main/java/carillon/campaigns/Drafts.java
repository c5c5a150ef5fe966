package carillon.campaigns;

import carillon.accounts.Accounts;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Body;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Request;
import carillon.jsonapi.Values;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.tags.Tags;
import carillon.templates.Templates;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Campaigns on the desk: made, changed, copied and thrown away. */
final class Drafts {

  private static final int LONGEST_NAME = 255;
  private static final String COPY = "Copy of ";

  private final Database db;
  private final Clock clock;
  private final Ids ids;
  private final Accounts accounts;
  private final Tags tags;
  private final Templates templates;
  private final Pictures pictures;
  private final Plans plans;
  private final CampaignStore campaigns;
  private final MessageStore messages;

  Drafts(Database db, Clock clock, Ids ids, Neighbours neighbours) {
    this.db = db;
    this.clock = clock;
    this.ids = ids;
    this.accounts = neighbours.accounts();
    this.tags = neighbours.tags();
    this.templates = neighbours.templates();
    this.pictures = new Pictures(neighbours.images());
    this.plans = new Plans(neighbours.audiences());
    this.campaigns = new CampaignStore(db);
    this.messages = new MessageStore(db);
  }

  Campaign create(Request request) {
    var account = request.account();
    var attributes = request.attributes();
    var name = attributes.get(CampaignTypes.NAME);
    var written =
        new Values((ObjectNode) attributes.in("campaign-messages").node().get("data").get(0));
    var definition = written.in("attributes").get(DefinitionSchemas.CREATE);
    var plan = plans.create(account, attributes, Definitions.channel(definition));
    var image = written.in("relationships").in("image").in("data").find(Body.ID);
    image.ifPresent(id -> pictures.check(account, plan.channel(), id));
    var complete = Definitions.complete(definition, name, accounts.get(account));
    var links = new CampaignMessage.Links(Optional.empty(), image);
    return db.transaction(tx -> insert(tx, account, name, plan, complete, links));
  }

  private Campaign insert(
      Tx tx,
      String account,
      String name,
      Campaign.Plan plan,
      ObjectNode definition,
      CampaignMessage.Links links) {
    var now = now();
    var times = new Campaign.Times(now, now, Optional.empty(), Optional.empty());
    var campaign =
        new Campaign(ids.ulid(), name, CampaignStatus.DRAFT, false, plan, times, ids.ulid());
    campaigns.insert(tx, account, campaign);
    messages.insert(
        tx,
        account,
        new CampaignMessage(
            campaign.message(), campaign.id(), definition, links, Optional.empty(), now, now));
    return campaign;
  }

  /** A name can be changed at any time, all else only before the send job. */
  Campaign update(Request request) {
    var account = request.account();
    plans.checkChange(account, request.attributes());
    return db.transaction(tx -> {
      var campaign = campaigns.lock(tx, account, request.id());
      var plan = Plans.change(campaign.plan(), request.attributes());
      if (!plan.equals(campaign.plan())) {
        refuseUnlessDraft(campaign);
      }
      var changed =
          new Campaign(
              campaign.id(),
              request.find(CampaignTypes.NEW_NAME).orElse(campaign.name()),
              campaign.status(),
              campaign.archived(),
              plan,
              updated(campaign.times(), now()),
              campaign.message());
      campaigns.update(tx, account, changed);
      return changed;
    });
  }

  private static Campaign.Times updated(Campaign.Times times, Instant now) {
    return new Campaign.Times(times.created(), now, times.scheduled(), times.send());
  }

  static void refuseUnlessDraft(Campaign campaign) {
    if (campaign.status() != CampaignStatus.DRAFT) {
      throw ApiError.of(
          Fault.Code.INVALID,
          "Campaign '%s' is '%s'; only a draft can be changed. Revert its send job first."
              .formatted(campaign.id(), campaign.status().word()));
    }
  }

  void delete(String account, String id) {
    db.transact(tx -> {
      var campaign = campaigns.lock(tx, account, id);
      if (CampaignStatus.SENDING_NOW.contains(campaign.status())) {
        throw ApiError.of(
            Fault.Code.INVALID,
            "Campaign '%s' is being sent and cannot be deleted. Cancel its send job first."
                .formatted(id));
      }
      messages.all(tx, account, List.of(campaign.message())).stream()
          .flatMap(message -> message.links().template().stream())
          .filter(_ -> campaign.status() == CampaignStatus.DRAFT)
          .forEach(snapshot -> templates.deleteCopy(tx, account, snapshot));
      tags.forget(tx, account, "campaign", id);
      campaigns.delete(tx, account, id);
    });
  }

  Campaign clone(String account, String id, Optional<String> name) {
    return db.transaction(tx -> {
      var source = campaigns.lock(tx, account, id);
      var message = messages.get(tx, account, source.message());
      var template =
          message.links().template().map(one -> templates.copyFor(tx, account, one).id());
      var copy =
          insert(
              tx,
              account,
              name.orElseGet(() -> shortened(COPY + source.name())),
              campaigns.asMeant(tx, account, source),
              message.definition(),
              new CampaignMessage.Links(template, message.links().image()));
      tags.copy(tx, account, "campaign", id, copy.id());
      return copy;
    });
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  CampaignMessage redefine(Request request) {
    var account = request.account();
    var image = request.related("image");
    image.ifPresent(id -> checkPicture(account, request.id(), id));
    var sender = accounts.get(account);
    return changeMessage(
        account,
        request.id(),
        (_, campaign, message) ->
            message.with(
                request
                    .find(DefinitionSchemas.UPDATE)
                    .map(written ->
                        Definitions.replace(message.definition(), written, campaign.name(), sender))
                    .orElse(message.definition()),
                new CampaignMessage.Links(
                    message.links().template(), image.or(message.links()::image))));
  }

  private void checkPicture(String account, String id, String image) {
    pictures.check(account, messages.get(account, id).channel(), image);
  }

  /** A snapshot replaces the one before, which nobody else knows. */
  CampaignMessage assign(String account, String id, String template) {
    return changeMessage(
        account,
        id,
        (tx, campaign, message) -> {
          if (!campaign.isEmail()) {
            throw ApiError.of(
                Fault.Code.INVALID, "Templates can only be assigned to email messages.");
          }
          var snapshot = templates.copyFor(tx, account, template).id();
          message.links().template().ifPresent(old -> templates.deleteCopy(tx, account, old));
          return message.with(
              message.definition(),
              new CampaignMessage.Links(Optional.of(snapshot), message.links().image()));
        });
  }

  void picture(String account, String id, String image) {
    checkPicture(account, id, image);
    changeMessage(
        account,
        id,
        (_, _, message) ->
            message.with(
                message.definition(),
                new CampaignMessage.Links(message.links().template(), Optional.of(image))));
  }

  @FunctionalInterface
  private interface Change {
    CampaignMessage apply(Tx tx, Campaign campaign, CampaignMessage message);
  }

  private CampaignMessage changeMessage(String account, String id, Change change) {
    return db.transaction(tx -> {
      var known = messages.get(tx, account, id);
      var campaign = campaigns.lock(tx, account, known.campaign());
      refuseUnlessDraft(campaign);
      var now = now();
      var changed = change.apply(tx, campaign, messages.get(tx, account, id)).at(now);
      messages.update(tx, account, changed);
      campaigns.touch(tx, account, campaign.id(), now);
      return changed;
    });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
