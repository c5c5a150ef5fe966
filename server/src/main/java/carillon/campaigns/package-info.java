/**
 * Campaigns: a message to the members of some lists, sent once.
 *
 * <p>Published: {@link carillon.campaigns.CampaignsApi} with its operations, {@link
 * carillon.campaigns.Campaigns} for other features, and {@link carillon.campaigns.CampaignRunner},
 * which any number of nodes run: it hands recipients out into the ledger and tells when all is
 * sent. Sending itself is delivery's; this package gives it the content.
 */
package carillon.campaigns;
