package carillon.delivery;

import carillon.delivery.Tracking.Dynamic;
import carillon.delivery.Tracking.Parameter;
import carillon.delivery.Tracking.Static;
import carillon.delivery.Tracking.Subject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The query parameters that a mail adds to its links. */
final class LinkParameters {

  private final Mailing mailing;
  private final Contact contact;
  private final String subject;
  private final DayOfWeek day;

  LinkParameters(Mailing mailing, Contact contact, String subject, DayOfWeek day) {
    this.mailing = mailing;
    this.contact = contact;
    this.subject = subject;
    this.day = day;
  }

  /** The URL with all parameters it does not have itself and that have a value. */
  String addTo(String url, String alt) {
    int hash = url.indexOf('#');
    var fragment = hash < 0 ? "" : url.substring(hash);
    var result = new StringBuilder(hash < 0 ? url : url.substring(0, hash));
    for (var parameter : parameters()) {
      var value = value(parameter, alt);
      if (!value.isEmpty() && !has(result, parameter.name())) {
        result
            .append(result.indexOf("?") < 0 ? '?' : '&')
            .append(encoded(parameter.name()))
            .append('=')
            .append(encoded(value));
      }
    }
    return result.append(fragment).toString();
  }

  private List<Parameter> parameters() {
    return mailing.tracking().parameters();
  }

  private static boolean has(StringBuilder url, String name) {
    return url.indexOf("?" + encoded(name) + "=") >= 0
        || url.indexOf("&" + encoded(name) + "=") >= 0;
  }

  private String value(Parameter parameter, String alt) {
    return switch (parameter) {
      case Static(var _, var value) -> value;
      case Dynamic(var _, var about) -> value(about, alt);
    };
  }

  private String value(Subject about, String alt) {
    var campaign = mailing.campaign();
    return switch (about) {
      case CAMPAIGN_ID -> campaign.id();
      case CAMPAIGN_NAME -> campaign.name();
      case CAMPAIGN_NAME_ID -> both(campaign.name(), campaign.id());
      case CAMPAIGN_NAME_SEND_DAY ->
          campaign.name() + " - " + day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case EMAIL_SUBJECT -> subject;
      case GROUP_ID -> group().map(Mailing.Group::id).orElse("");
      case GROUP_NAME -> group().map(Mailing.Group::name).orElse("");
      case GROUP_NAME_ID -> group().map(one -> both(one.name(), one.id())).orElse("");
      case LINK_ALT_TEXT -> alt;
      case MESSAGE_TYPE -> "email";
      case PROFILE_EXTERNAL_ID -> contact.externalId().orElse("");
      case PROFILE_ID -> contact.profile();
    };
  }

  private Optional<Mailing.Group> group() {
    return mailing.campaign().group();
  }

  private static String both(String name, String id) {
    return name + " (" + id + ")";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
