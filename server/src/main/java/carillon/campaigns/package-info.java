/**
 * Campaigns: a message to the members of some lists, sent once.
 *
 * <p>Published: {@link carillon.campaigns.CampaignsApi} with its operations, and {@link
 * carillon.campaigns.Campaigns} for other features, with the work in the background that any number
 * of nodes do: it hands recipients out into the ledger and tells when all is sent. Sending itself
 * is delivery's; this package gives it the content.
 */
package carillon.campaigns;
