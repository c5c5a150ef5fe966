/**
 * What came of messages: which mail a later event is owed to, and the reports on campaigns.
 *
 * <p>Published: {@link carillon.reporting.Attributions}, which follows recorded events, and {@link
 * carillon.reporting.CampaignReportsApi}. Reports only read: the ledger, campaigns, their tags and
 * lists, attributions and events, each in one query. Nothing below may know of it.
 */
package carillon.reporting;
