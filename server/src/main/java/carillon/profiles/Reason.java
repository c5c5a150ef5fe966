package carillon.profiles;

/** Why the e-mail channel of somebody is suppressed, in the words of the API. */
public enum Reason {
  HARD_BOUNCE,
  INVALID_EMAIL,
  SPAM_COMPLAINT,
  UNSUBSCRIBE,
  USER_SUPPRESSED
}
