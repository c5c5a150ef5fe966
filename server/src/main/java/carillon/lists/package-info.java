/**
 * Lists: who is on them, and how people come to be.
 *
 * <p>Published: {@link carillon.lists.ListsApi} and {@link carillon.lists.SubscribeApi} with the
 * operations, {@link carillon.lists.Lists} for features that use lists, {@link
 * carillon.lists.Confirmations} for double opt-in, and the news {@link carillon.lists.MemberNews}.
 * Being on a list is not consent; the subscribe job is what gives both. Knows neither what a list
 * starts nor who takes its mails ({@link carillon.lists.ConfirmationMail}); both are handed in.
 */
package carillon.lists;
