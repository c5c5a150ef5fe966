package carillon.campaigns;

/**
 * What sending a campaign comes to.
 *
 * @param name of the campaign
 * @param recipients people who would get it
 * @param version another one as soon as the campaign or its message is changed
 */
public record Reach(String name, long recipients, String version) {}
