/**
 * Accounts and their keys.
 *
 * <p>Published: {@link carillon.accounts.Accounts} (who the shop is, its timezone, currency and
 * sending settings), {@link carillon.accounts.AccountSettings} to change them, {@link
 * carillon.accounts.ApiKeys} (private keys, of which only a hash is kept, with the {@link
 * carillon.accounts.GuardRails} that hold for agents) and the operations of {@link
 * carillon.accounts.AccountsApi} and {@link carillon.accounts.SettingsApi}.
 */
package carillon.accounts;
