package carillon.delivery;

import carillon.lists.Choices;
import carillon.platform.db.Tx;
import carillon.profiles.Consents.Purpose;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The people messages go to, and their word on it. */
public interface Contacts {

  /**
   * The people with these profile ids, as they are now; who is gone or merged away is left out.
   *
   * @param purpose what they are to be written to for
   */
  Map<String, Contact> find(String account, Collection<String> profiles, Purpose purpose);

  /** The id a profile has now, if it is still there or was merged into another. */
  Optional<String> current(String account, String profile);

  /**
   * Addresses turned out to be no good; of no effect for who has another one by now.
   *
   * @param addresses by profile
   */
  void hardBounced(Tx tx, String account, Map<String, String> addresses);

  /**
   * Somebody calls a mail spam, and is never to get another.
   *
   * @param via who passed the complaint on
   */
  void complained(Tx tx, String account, String profile, String via);

  /** Somebody wants no more marketing mails; of no effect the second time. */
  void unsubscribe(Tx tx, String account, String profile, String methodDetail);

  /** What somebody gets. */
  Choices.Standing choices(String account, String profile);

  /**
   * Makes what somebody gets as wished.
   *
   * @param before what they got
   */
  void choose(Tx tx, String account, String profile, Choices.Standing before, Choices.Wish wish);
}
