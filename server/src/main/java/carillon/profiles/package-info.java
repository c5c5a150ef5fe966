/**
 * People: who they are, what is known about them, and whether they may be written to.
 *
 * <p>Published: {@link carillon.profiles.Profiles} to read people; {@link
 * carillon.profiles.Identities} to find or make those that a request speaks of; {@link
 * carillon.profiles.Consents} for consent and suppression; and {@link carillon.profiles.KxTokens}.
 * It knows nothing of events, lists, segments or messages; what they add to a profile is handed in.
 */
package carillon.profiles;
