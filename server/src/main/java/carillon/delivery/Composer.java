package carillon.delivery;

import carillon.accounts.Account;
import carillon.django.Language;
import carillon.django.RenderOptions;
import carillon.django.Template;
import carillon.django.TemplateException;
import carillon.mail.Content;
import carillon.mail.Envelope;
import carillon.mail.Header;
import carillon.mail.HtmlMail;
import carillon.mail.HtmlReader;
import carillon.mail.Mailbox;
import carillon.mail.Message;
import carillon.mail.Parties;
import carillon.mail.Preheader;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a mailing out to somebody: renders it, leads its links through here, adds what is due. */
final class Composer {

  private static final long REMEMBERED_CHARACTERS = 20_000_000;

  private final TrackingLinks links;
  private final Envelopes envelopes;
  private final PassThrough passThrough;
  private final Language language;
  private final Clock clock;
  private final HtmlReader reader = new HtmlReader();
  private final Cache<String, Template> templates =
      Caffeine.newBuilder()
          .maximumWeight(REMEMBERED_CHARACTERS)
          .weigher((String source, Template _) -> source.length() + 200)
          .build();

  Composer(
      TrackingLinks links,
      Envelopes envelopes,
      PassThrough passThrough,
      Language language,
      Clock clock) {
    this.links = links;
    this.envelopes = envelopes;
    this.passThrough = passThrough;
    this.language = language;
    this.clock = clock;
  }

  /** Who it is made out to, and by whom. */
  record Recipient(MessageRef message, Account account, Contact contact, String address) {}

  /**
   * The mail as it leaves.
   *
   * @throws TemplateException when a template is faulty or does too much
   * @throws IllegalArgumentException when an address is not one
   */
  Message compose(Mailing mailing, Recipient to) {
    var rendering = new Rendering(mailing, to);
    var html = reader.read(rendering.html());
    var text = mailing.text().map(rendering::text).orElseGet(html::text);
    var parties = parties(mailing.sender(), to.address());
    return new Message(
        Envelope.to(parties, envelopes.returnPath(to.message(), mailing.sender().email())),
        parties,
        rendering.subject,
        clock.instant(),
        envelopes.messageId(to.message(), parties.from().address()),
        headers(mailing, to),
        new Content.Alternatives(text, rendering.tracked(html)));
  }

  /** The mail as a page, as it is shown on the web: without a pixel. */
  String page(Mailing mailing, Recipient to) {
    return String.join("", new Rendering(mailing, to).html());
  }

  private static Parties parties(Mailing.Sender sender, String address) {
    return new Parties(
        new Mailbox(sender.label(), sender.email()),
        List.of(Mailbox.of(address)),
        sender.replyTo().stream().map(Mailbox::of).toList(),
        sender.cc().stream().map(Mailbox::of).toList(),
        sender.bcc().stream().map(Mailbox::of).toList());
  }

  private List<Header> headers(Mailing mailing, Recipient to) {
    var headers = new ArrayList<Header>();
    headers.add(
        new Header(
            "Feedback-ID",
            "%s:%s:campaign:carillon".formatted(to.message().source(), to.message().account())));
    if (mailing.treatment().marketing()) {
      headers.add(new Header("List-Unsubscribe", "<" + links.unsubscribe(to.message()) + ">"));
      headers.add(new Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    headers.addAll(passThrough.headers(to.message()));
    return headers;
  }

  private Template template(String source) {
    return templates.get(source, text -> Template.parse(text, language));
  }

  /** One mail in the making. */
  private final class Rendering {
    private final Mailing mailing;
    private final Recipient to;
    private final Map<String, Object> message = new HashMap<>();
    private final Map<String, Object> values;
    private final RenderOptions plain;
    private final String subject;

    Rendering(Mailing mailing, Recipient to) {
      this.mailing = mailing;
      this.to = to;
      this.values = values();
      this.plain =
          RenderOptions.text(clock)
              .withZone(to.account().timezone())
              .withSeed(to.message().hashCode());
      this.subject = template(mailing.subject()).render(values, plain);
      this.message.put("subject", subject);
    }

    String preview() {
      return template(mailing.preview()).render(values, plain);
    }

    List<String> html() {
      var template = template(mailing.html());
      var options =
          RenderOptions.html(clock)
              .withZone(to.account().timezone())
              .withSeed(to.message().hashCode());
      var html = template.pieces(values, options);
      return needsFooter(template)
          ? Footer.html(html, to.account(), links.unsubscribe(to.message()))
          : html;
    }

    String text(String source) {
      var template = template(source);
      var text = template.render(values, plain);
      return needsFooter(template)
          ? Footer.text(text, to.account(), links.unsubscribe(to.message()))
          : text;
    }

    String tracked(HtmlMail html) {
      var today = plain.clock().instant().atZone(plain.zone()).getDayOfWeek();
      var parameters = new LinkParameters(mailing, to.contact(), subject, today);
      var pixel = mailing.tracking().opens() && to.contact().tracked();
      return html.edited(
          Preheader.of(preview()),
          link -> target(link.url(), parameters.addTo(link.url(), link.alt())),
          pixel ? Footer.pixel(links.open(to.message())) : "");
    }

    private Optional<String> target(String url, String extended) {
      if (!url.regionMatches(true, 0, "http://", 0, 7)
          && !url.regionMatches(true, 0, "https://", 0, 8)) {
        return Optional.empty();
      }
      if (links.isOwn(url)) {
        return Optional.empty();
      }
      return mailing.tracking().clicks()
          ? Optional.of(links.click(to.message(), extended))
          : Optional.of(extended).filter(changed -> !changed.equals(url));
    }

    private boolean needsFooter(Template template) {
      return mailing.treatment().marketing()
          && !template.uses("unsubscribe")
          && !template.uses("unsubscribe_link")
          && !template.uses("manage_preferences")
          && !template.uses("manage_preferences_link");
    }

    private Map<String, Object> values() {
      var all = new HashMap<>(to.contact().values());
      all.put("organization", Footer.organization(to.account()));
      all.put(
          "links",
          Map.of(
              "unsubscribe", links.unsubscribe(to.message()),
              "manage_preferences", links.preferences(to.message()),
              "web_view", links.webView(to.message())));
      var campaign = mailing.campaign();
      all.put("campaign", Map.of("id", campaign.id(), "name", campaign.name()));
      message.put("id", mailing.source());
      message.put("name", campaign.label());
      all.put("message", message);
      return all;
    }
  }
}
