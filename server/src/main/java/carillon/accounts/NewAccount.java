package carillon.accounts;

import carillon.platform.db.Tx;

/** What a feature must prepare for an account, told in the transaction that makes it. */
@FunctionalInterface
public interface NewAccount {
  void prepare(Tx tx, String account);
}
