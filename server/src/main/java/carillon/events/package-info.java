/**
 * What people did (events) and the kinds of it (metrics).
 *
 * <p>Published: {@link carillon.events.Events} to record events, singly or inside a transaction,
 * {@link carillon.events.ClientEvents} for those of browsers, {@link carillon.events.Metrics} to
 * find their kinds, {@link carillon.events.EventKey} which is an event's public id, and the news
 * {@link carillon.events.EventRecorded}. Events come in through a group commit. Addresses at
 * example.com are taken like any other. Knows profiles; must not know who follows the news, nor
 * flows, which it only lists for others.
 */
package carillon.events;
