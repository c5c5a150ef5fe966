package carillon.lists;

import carillon.accounts.Account;
import carillon.jsonapi.Json;
import carillon.platform.http.Html;
import carillon.templates.MailContext;
import carillon.templates.PreparedTemplate;
import carillon.templates.RenderedTemplate;
import carillon.templates.Renderer;
import carillon.templates.Template;
import carillon.templates.Templates;
import carillon.templates.UnrenderableTemplate;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the mails that ask for a confirmation, in the words an account chose or our own. */
public final class ConfirmationMails {

  private static final Logger LOG = LoggerFactory.getLogger(ConfirmationMails.class);

  /** The variable of templates that holds the link to the confirmation page. */
  private static final String LINK = "confirmation_url";

  private static final String PROBE = "https://confirm.invalid/token";
  private static final String SUBJECT =
      "Please confirm your subscription to {{ organization.name }}";

  private final Templates templates;
  private final Renderer renderer;
  private final String anonymousSender;

  /** {@code url}: the public address of this server, to write from when an account has none. */
  public ConfirmationMails(Templates templates, Renderer renderer, String url) {
    this.templates = templates;
    this.renderer = renderer;
    this.anonymousSender = "no-reply@" + URI.create(url).getHost();
  }

  /** What is wrong with a template and a subject for such mails, by the name of the setting. */
  public Map<String, String> faults(Account account, Account.Confirmation wanted) {
    var faults = new TreeMap<String, String>();
    wanted
        .template()
        .flatMap(id -> templateFault(account, id))
        .ifPresent(fault -> faults.put("confirmation_template_id", fault));
    wanted
        .subject()
        .flatMap(subject -> subjectFault(account, subject))
        .ifPresent(fault -> faults.put("confirmation_subject", fault));
    return faults;
  }

  private Optional<String> templateFault(Account account, String id) {
    var template = template(account, id);
    if (template.isEmpty()) {
      return Optional.of("A template with id " + id + " does not exist.");
    }
    try {
      return filled(account, renderer.prepare(account.id(), template.get()), "", PROBE)
              .html()
              .contains(PROBE)
          ? Optional.empty()
          : Optional.of("The template must hold {{ " + LINK + " }}.");
    } catch (UnrenderableTemplate e) {
      return Optional.of(e.getMessage());
    }
  }

  private Optional<String> subjectFault(Account account, String subject) {
    try {
      renderer.line("subject", subject, values(account, "", PROBE), options(account));
      return Optional.empty();
    } catch (UnrenderableTemplate e) {
      return Optional.of(e.getMessage());
    }
  }

  /** The words of an account for any number of mails; reads the database. */
  Words words(Account account) {
    return new Words(
        account,
        account
            .rules()
            .confirmation()
            .template()
            .flatMap(id -> template(account, id))
            .flatMap(template -> prepared(account, template)));
  }

  private Optional<Template> template(Account account, String id) {
    return Optional.ofNullable(templates.byId(account.id(), List.of(id)).get(id))
        .filter(template -> template.copyOf().isEmpty());
  }

  private Optional<PreparedTemplate> prepared(Account account, Template template) {
    try {
      return Optional.of(renderer.prepare(account.id(), template));
    } catch (UnrenderableTemplate e) {
      return useless(account, e.getMessage());
    }
  }

  /** People are asked whatever becomes of the template, so that nobody's wish is lost. */
  private static <T> Optional<T> useless(Account account, String why) {
    LOG.warn("account {}: its confirmation mail is replaced by ours: {}", account.id(), why);
    return Optional.empty();
  }

  /** What the mails of an account say. */
  final class Words {
    private final Account account;
    private final Optional<PreparedTemplate> template;

    Words(Account account, Optional<PreparedTemplate> template) {
      this.account = account;
      this.template = template;
    }

    Account account() {
      return account;
    }

    ConfirmationMail mail(PendingStore.Asked to, String link) {
      var shop = ConfirmationPages.oneLine(account.name());
      var sender = account.sender();
      var content = template.flatMap(chosen -> chosen(chosen, to, link)).orElse(ours(shop, link));
      return new ConfirmationMail(
          account.id(),
          to.id(),
          sender.email().isEmpty() ? anonymousSender : sender.email(),
          sender.name().isEmpty() ? shop : ConfirmationPages.oneLine(sender.name()),
          to.email(),
          subject(to, link),
          content.html(),
          content.text());
    }

    private Optional<RenderedTemplate> chosen(
        PreparedTemplate prepared, PendingStore.Asked to, String link) {
      try {
        var content = filled(account, prepared, to.email(), link);
        return content.html().contains(link)
            ? Optional.of(withLink(content, link))
            : useless(account, "it does not hold {{ " + LINK + " }}");
      } catch (UnrenderableTemplate e) {
        return useless(account, e.getMessage());
      }
    }

    private String subject(PendingStore.Asked to, String link) {
      var values = values(account, to.email(), link);
      var chosen = account.rules().confirmation().subject().orElse(SUBJECT);
      try {
        return line(chosen, values);
      } catch (UnrenderableTemplate e) {
        useless(account, e.getMessage());
        return line(SUBJECT, values);
      }
    }

    private String line(String source, Map<String, ?> values) {
      return ConfirmationPages.oneLine(renderer.line("subject", source, values, options(account)));
    }
  }

  /** Who reads plain text needs the link, too. */
  private static RenderedTemplate withLink(RenderedTemplate content, String link) {
    return content.text().contains(link)
        ? content
        : new RenderedTemplate(
            content.html(), content.text().stripTrailing() + "\n\n" + link + "\n", content.amp());
  }

  private RenderedTemplate filled(
      Account account, PreparedTemplate template, String email, String link) {
    return template.render(values(account, email, link), options(account));
  }

  private carillon.django.RenderOptions options(Account account) {
    return renderer.options(account.timezone());
  }

  private static Map<String, Object> values(Account account, String email, String link) {
    return MailContext.of(account).add(Json.object().put(LINK, link).put("email", email)).values();
  }

  private static RenderedTemplate ours(String shop, String link) {
    var html =
        Html.of(
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Please confirm your subscription</title></head>
            <body style="margin:0;background:#f4f2f7;color:#1f1d2b;\
            font:17px/1.55 system-ui,-apple-system,'Segoe UI',sans-serif">
            <div style="max-width:34rem;margin:0 auto;padding:40px 20px">
            <p style="margin:0 0 16px;font-weight:650">%1$s</p>
            <div style="background:#ffffff;border:1px solid #dcd9e3;border-radius:16px;padding:32px">
            <h1 style="font-size:24px;line-height:1.25;margin:0 0 12px">\
            Please confirm your subscription</h1>
            <p style="margin:0 0 24px">To get mail from <strong>%1$s</strong>, open this page and \
            press the button there:</p>
            <p style="margin:0 0 24px"><a href="%2$s" style="display:inline-block;\
            background:#4a35c8;color:#ffffff;font-weight:600;text-decoration:none;\
            border-radius:10px;padding:12px 22px">Confirm subscription</a></p>
            <p style="margin:0;color:#5d5a6b;font-size:15px">If you did not ask for it, do \
            nothing: you will not be subscribed.</p>
            </div></div></body></html>
            """,
            shop, link);
    return new RenderedTemplate(html.text(), plain(shop, link), Optional.empty());
  }

  private static String plain(String shop, String link) {
    return """
    %s: please confirm your subscription.

    Open this page and press the button:
    %s

    If you did not ask for it, do nothing: you will not be subscribed.
    """
        .formatted(shop, link);
  }
}
