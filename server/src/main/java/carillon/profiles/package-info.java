/**
 * People: who they are, what is known about them, and whether they may be written to.
 *
 * <p>Published: {@link carillon.profiles.ProfilesApi} with its operations; {@link
 * carillon.profiles.Profiles} to read people; {@link carillon.profiles.Identities} to find or make
 * those a request speaks of; {@link carillon.profiles.Consents} for consent and suppression; {@link
 * carillon.profiles.PushTokens} for devices; {@link carillon.profiles.Merges}, {@link
 * carillon.profiles.Visitors}, {@link carillon.profiles.Erasures} and {@link
 * carillon.profiles.KxTokens}. It knows nothing of what other features add to a profile; that is
 * handed in.
 */
package carillon.profiles;
