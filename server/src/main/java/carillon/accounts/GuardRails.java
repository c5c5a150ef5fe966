package carillon.accounts;

import carillon.jsonapi.Caller;
import java.util.Optional;

/**
 * What the owner of a key allows an agent to do with it, beside its scopes. What cannot be done by
 * a tool cannot be done by calling the API with the same key either, but for confirmations.
 *
 * @param readOnly only tools that read are offered
 * @param dryRun tools that write tell what they would do, and do nothing
 * @param confirmSends tools that reach people must be called twice
 * @param recipientsPerDay most people reached in a day of the account; empty for no limit
 */
public record GuardRails(
    boolean readOnly, boolean dryRun, boolean confirmSends, Optional<Long> recipientsPerDay) {

  /** What holds for a key unless its owner says otherwise. */
  public static final GuardRails USUAL = new GuardRails(false, false, true, Optional.empty());

  /** What holds wherever the key is used. */
  Caller.Restraint restraint() {
    if (readOnly || dryRun) {
      return Caller.Restraint.WRITES;
    }
    return recipientsPerDay.isPresent() ? Caller.Restraint.UNCOUNTED_SENDS : Caller.Restraint.NONE;
  }
}
