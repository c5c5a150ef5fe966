package carillon.platform.work;

import tools.jackson.databind.JsonNode;

/**
 * Something that happened to a person and that other features want to know.
 *
 * @param account whose person
 * @param profile the person, or {@link Lanes#everybody} who shares a lane; decides the lane
 * @param kind what happened, such as {@code EventRecorded}
 * @param payload what its kind says
 */
public record News(String account, String profile, String kind, JsonNode payload) {}
