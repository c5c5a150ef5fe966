package carillon.campaigns;

/** Where the sending, or the estimation, of a campaign stands. */
record Job(String campaign, String status) {}
