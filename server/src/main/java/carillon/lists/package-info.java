/**
 * Lists: who is on them, and how people come to be.
 *
 * <p>Published: {@link carillon.lists.ListsApi} with the operations, {@link carillon.lists.Lists}
 * for features that use lists, {@link carillon.lists.MemberNews} told to the outbox. Being on a
 * list is not consent; the subscribe job is what asks for both. What lists start and who sends a
 * confirmation mail is handed in by features this package does not know.
 */
package carillon.lists;
