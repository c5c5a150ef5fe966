/**
 * What came of messages: which mail a later event is owed to, the reports on campaigns, and events
 * counted by time and by what they say.
 *
 * <p>Published: {@link carillon.reporting.Attributions}, which follows recorded events, {@link
 * carillon.reporting.CampaignReportsApi} and {@link carillon.reporting.MetricAggregatesApi}.
 * Reports only read: the ledger, campaigns, their tags and lists, attributions and events, each in
 * one query. Nothing below may know of it.
 */
package carillon.reporting;
