package carillon.profiles;

/** Why a message must not go to somebody. */
public enum Refusal {
  /** There is no such profile, or no longer. */
  UNKNOWN,
  /** The profile has no address or number on the channel. */
  NO_ADDRESS,
  /** The channel needs a yes that was never given. */
  NO_CONSENT,
  /** The person took consent back. */
  UNSUBSCRIBED,
  /** The person left the lists by which alone the message would have reached them. */
  LEFT_LIST,
  HARD_BOUNCE,
  INVALID_EMAIL,
  SPAM_COMPLAINT,
  USER_SUPPRESSED
}
