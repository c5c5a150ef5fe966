/**
 * Lists: who is on them, and how people come to be and leave.
 *
 * <p>Published: the operations ({@code …Api}); {@link carillon.lists.Lists} for features that use
 * lists; {@link carillon.lists.Subscriptions} and {@link carillon.lists.Confirmations} for joining,
 * at once or after a click; {@link carillon.lists.Choices} for what people choose themselves;
 * {@link carillon.lists.SuppressionJobs}; and the news {@link carillon.lists.MemberNews}. Being on
 * a list is not consent. Knows neither what a list starts, nor who is in a segment ({@link
 * carillon.lists.Group}), nor who takes its mails ({@link carillon.lists.ConfirmationMail}).
 */
package carillon.lists;
