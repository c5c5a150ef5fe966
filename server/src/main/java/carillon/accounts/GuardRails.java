package carillon.accounts;

import java.util.Optional;

/**
 * What the owner of a key allows an agent to do with it, beside its scopes. It holds for tools; a
 * program that calls the API itself is bound by the scopes alone.
 *
 * @param readOnly only tools that read are offered
 * @param dryRun tools that write tell what they would do, and do nothing
 * @param confirmSends what reaches people must be called twice
 * @param recipientsPerDay most people reached in a day of the account; empty for no limit
 */
public record GuardRails(
    boolean readOnly, boolean dryRun, boolean confirmSends, Optional<Long> recipientsPerDay) {

  /** What holds for a key unless its owner says otherwise. */
  public static final GuardRails USUAL = new GuardRails(false, false, true, Optional.empty());
}
