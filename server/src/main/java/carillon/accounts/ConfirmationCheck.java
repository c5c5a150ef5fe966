package carillon.accounts;

import java.util.Map;

/** Judges the confirmation mail an account wants; whoever renders it knows. */
@FunctionalInterface
public interface ConfirmationCheck {

  /** What is wrong with it, by the name of the setting; empty when nothing is. */
  Map<String, String> faults(Account account, Account.Confirmation wanted);
}
