package carillon.reporting;

/**
 * What the ledger says of a message's mails that were sent in a timeframe.
 *
 * @param recipients handed to a mail server, or given up
 * @param bounced refused by it, at once or later
 * @param failed given up without an answer
 * @param openers people who opened, {@code opens} all their opens
 * @param clickers people who clicked, {@code clicks} all their clicks
 */
record Sent(
    long recipients,
    long bounced,
    long failed,
    long opens,
    long openers,
    long clicks,
    long clickers,
    long unsubscribers,
    long complaints) {

  long delivered() {
    return recipients - bounced - failed;
  }
}
