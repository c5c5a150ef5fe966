package carillon.delivery;

import java.util.List;

/**
 * What is told back about a mail.
 *
 * @param opens whether it carries a pixel
 * @param clicks whether its links lead through this server
 * @param parameters added to its links
 */
public record Tracking(boolean opens, boolean clicks, List<Parameter> parameters) {

  /** Opens and clicks, and no parameters. */
  public static final Tracking PLAIN = new Tracking(true, true, List.of());

  /** The parameters of accounts that have chosen none. */
  public static final List<Parameter> USUAL_PARAMETERS =
      List.of(
          new Dynamic("utm_source", Subject.GROUP_NAME),
          new Dynamic("utm_medium", Subject.MESSAGE_TYPE),
          new Dynamic("utm_campaign", Subject.CAMPAIGN_NAME_ID));

  public Tracking {
    parameters = List.copyOf(parameters);
  }

  /** A query parameter of a link. */
  public sealed interface Parameter {
    String name();
  }

  /** The same on every link. */
  public record Static(String name, String value) implements Parameter {}

  /** Told by the mail, its recipient or the link. */
  public record Dynamic(String name, Subject subject) implements Parameter {}

  /** What a dynamic parameter tells; the API spells them in lower case. */
  public enum Subject {
    CAMPAIGN_ID,
    CAMPAIGN_NAME,
    CAMPAIGN_NAME_ID,
    CAMPAIGN_NAME_SEND_DAY,
    EMAIL_SUBJECT,
    GROUP_ID,
    GROUP_NAME,
    GROUP_NAME_ID,
    LINK_ALT_TEXT,
    MESSAGE_TYPE,
    PROFILE_EXTERNAL_ID,
    PROFILE_ID
  }
}
