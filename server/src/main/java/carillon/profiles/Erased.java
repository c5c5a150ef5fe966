package carillon.profiles;

import java.util.List;
import java.util.Set;

/**
 * Somebody who is forgotten.
 *
 * @param ids of the profile and of those once merged into it; they are no longer there
 * @param anonymousId stands for the person in what is counted and says nothing of them
 * @param emails all addresses, as they are stored
 * @param identifiers all that stood for the person, the addresses among them
 */
public record Erased(
    String account,
    List<String> ids,
    String anonymousId,
    Set<String> emails,
    Set<String> identifiers) {}
