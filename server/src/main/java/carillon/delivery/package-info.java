/**
 * Messages on their way to people: the ledger with a row for each, the workers that send what is
 * due, links and pixels that tell what became of it, the pages behind them, and the built-in
 * outbox.
 *
 * <p>Published: {@link carillon.delivery.Delivery}, which starts and stops it all, {@link
 * carillon.delivery.Ledger} to hand messages over and take them back, {@link
 * carillon.delivery.Letters} for single mails of the server's own, {@link
 * carillon.delivery.Returns} to be told what comes back. What to send is told by a {@link
 * carillon.delivery.MessageSource}; it knows no campaigns and no flows.
 */
package carillon.delivery;
