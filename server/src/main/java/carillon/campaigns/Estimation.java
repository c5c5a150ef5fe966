package carillon.campaigns;

/** How many people a campaign is estimated to reach. */
record Estimation(String campaign, long recipients) {}
