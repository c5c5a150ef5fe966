package carillon.reporting;

/**
 * What the ledger says of a message's mails that were sent in a timeframe.
 *
 * @param recipients handed to a mail server, or given up
 * @param bounced refused by it, at once or later
 * @param failed given up without an answer
 * @param opens all of them, those by machines of mail providers too
 * @param openers people who opened
 * @param clicks all of them, but those of scanners
 * @param clickers people who clicked
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
