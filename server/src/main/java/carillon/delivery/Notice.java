package carillon.delivery;

import carillon.mail.Bounce;
import carillon.mail.Reply;
import java.util.Set;

/** What somebody else tells about a message that had left. */
public sealed interface Notice {

  /**
   * It could not be delivered.
   *
   * @param reply what was said about it
   * @param recipients the addresses it is said of, in lower case; may be empty
   */
  record Bounced(Bounce bounce, Reply reply, Set<String> recipients) implements Notice {

    public Bounced {
      recipients = Set.copyOf(recipients);
    }
  }

  /**
   * Who got it calls it spam.
   *
   * @param via who passed the complaint on
   */
  record Complained(String via) implements Notice {}

  /**
   * Who got it wants no more.
   *
   * @param via who passed it on
   */
  record Unsubscribed(String via) implements Notice {}
}
