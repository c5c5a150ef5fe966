package carillon.campaigns;

import static carillon.campaigns.CampaignsApi.reading;
import static carillon.campaigns.CampaignsApi.writing;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Body;
import carillon.jsonapi.Field;
import carillon.jsonapi.Operation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import java.util.List;
import java.util.stream.Stream;

/** The operations on send jobs and estimations, all known by the id of their campaign. */
final class JobsApi {

  private static final Field<String> STATUS =
      Schema.choice("cancelled", "complete", "processing", "queued").as("status").required();
  private static final Field<String> ACTION =
      Schema.choice("cancel", "revert").as("action").required();

  private static final ResourceType<Job> SEND = job("campaign-send-job");
  private static final ResourceType<Job> ESTIMATE = job("campaign-recipient-estimation-job");
  private static final ResourceType<Estimation> ESTIMATION =
      ResourceType.of(
          "campaign-recipient-estimation",
          "campaign-recipient-estimations",
          Estimation::campaign,
          List.of(
              Attribute.of(
                  Schema.whole().as("estimated_recipient_count").required(),
                  Estimation::recipients)));

  private final SendJobs sendJobs;
  private final Estimations estimations;

  JobsApi(Campaigns campaigns) {
    this.sendJobs = campaigns.sendJobs();
    this.estimations = campaigns.estimations();
  }

  private static ResourceType<Job> job(String name) {
    return ResourceType.of(
        name, name + "s", Job::campaign, List.of(Attribute.of(STATUS, Job::status)));
  }

  Stream<Operation> operations() {
    return Stream.concat(sending(), estimating());
  }

  private Stream<Operation> sending() {
    return Stream.of(
        writing(SEND.start("send_campaign", "/api/campaign-send-jobs", "Send a campaign"))
            .aliases("create_campaign_send_job")
            .effect(Operation.Effect.REACHES_PEOPLE)
            .body(Body.of("campaign-send-job").id())
            .to(request ->
                Reply.row(sendJobs.start(request.account(), request.bodyId().orElseThrow()))),
        reading(
                SEND.get(
                    "get_campaign_send_job",
                    "/api/campaign-send-jobs/{id}",
                    "Get the send job of a campaign"))
            .to(request -> Reply.row(sendJobs.get(request.account(), request.id()))),
        writing(
                SEND.change(
                    "cancel_campaign_send",
                    "/api/campaign-send-jobs/{id}",
                    "Cancel the sending of a campaign, or make it a draft again"))
            .aliases("update_campaign_send_job")
            .body(Body.of("campaign-send-job").id().attributes(ACTION))
            .to(this::stop));
  }

  private Reply stop(Request request) {
    if (request.get(ACTION).equals("cancel")) {
      sendJobs.cancel(request.account(), request.id());
    } else {
      sendJobs.revert(request.account(), request.id());
    }
    return Reply.nothing();
  }

  private Stream<Operation> estimating() {
    return Stream.of(
        writing(
                ESTIMATE.start(
                    "refresh_campaign_recipient_estimation",
                    "/api/campaign-recipient-estimation-jobs",
                    "Estimate how many people a campaign will reach"))
            .aliases("create_campaign_recipient_estimation_job")
            .body(Body.of("campaign-recipient-estimation-job").id())
            .to(request ->
                Reply.row(estimations.start(request.account(), request.bodyId().orElseThrow()))),
        reading(
                ESTIMATE.get(
                    "get_campaign_recipient_estimation_job",
                    "/api/campaign-recipient-estimation-jobs/{id}",
                    "Get the estimation job of a campaign"))
            .to(request -> Reply.row(estimations.job(request.account(), request.id()))),
        reading(
                ESTIMATION.get(
                    "get_campaign_recipient_estimation",
                    "/api/campaign-recipient-estimations/{id}",
                    "Get how many people a campaign is estimated to reach"))
            .to(request -> Reply.row(estimations.result(request.account(), request.id()))));
  }
}
