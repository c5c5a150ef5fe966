package carillon.campaigns;

import carillon.accounts.Account;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.mail.Mailbox;
import carillon.templates.Renderer;
import carillon.templates.Templates;
import carillon.templates.UnrenderableTemplate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What must be in order before a campaign can be sent; all that is not is told at once. */
final class SendChecks {

  private static final List<String> ADDRESSES =
      List.of("from_email", "reply_to_email", "cc_email", "bcc_email");

  private final Audiences audiences;
  private final Templates templates;
  private final Renderer renderer;

  SendChecks(Neighbours neighbours) {
    this.audiences = neighbours.audiences();
    this.templates = neighbours.templates();
    this.renderer = neighbours.renderer();
  }

  void check(Account account, Campaign campaign, CampaignMessage message, Instant now) {
    var faults = new ArrayList<String>();
    if (campaign.isEmail()) {
      checkMail(account, message, faults);
    } else {
      faults.add(
          "Sending is supported for email campaigns only for now; this campaign is for the channel"
              + " '%s'.".formatted(campaign.plan().channel()));
    }
    if (campaign.plan().strategy().isPast(now, account.timezone())) {
      faults.add("The send time of the campaign is in the past.");
    }
    var included = campaign.plan().audience().included();
    if (audiences.existing(account.id(), included).isEmpty()) {
      faults.add("None of the included lists and segments exists any more.");
    }
    if (!faults.isEmpty()) {
      throw new ApiError(faults.stream().map(detail -> Fault.at("/data/id", detail)).toList());
    }
  }

  private void checkMail(Account account, CampaignMessage message, List<String> faults) {
    if (message.content("subject").isEmpty()) {
      faults.add("The campaign message has no subject.");
    }
    if (message.content("from_email").isEmpty()) {
      faults.add("The campaign message has no sender: 'from_email' is missing.");
    }
    for (var name : ADDRESSES) {
      message
          .content(name)
          .filter(address -> !Mailbox.isAddress(address))
          .ifPresent(_ -> faults.add("'%s' is not a valid email address.".formatted(name)));
    }
    checkSources(account, message, faults);
  }

  private void checkSources(Account account, CampaignMessage message, List<String> faults) {
    for (var line : List.of("subject", "preview_text")) {
      message.content(line).ifPresent(source -> parse(faults, () -> line(account, line, source)));
    }
    var template = message.links().template();
    if (template.isEmpty()) {
      faults.add("No template is assigned to the campaign message.");
      return;
    }
    var found = templates.get(account.id(), template.get());
    parse(faults, () -> renderer.prepare(account.id(), found));
  }

  private void line(Account account, String name, String source) {
    renderer.line(name, source, Map.of(), renderer.options(account.timezone()));
  }

  private static void parse(List<String> faults, Runnable attempt) {
    try {
      attempt.run();
    } catch (UnrenderableTemplate e) {
      faults.add(e.getMessage());
    }
  }
}
