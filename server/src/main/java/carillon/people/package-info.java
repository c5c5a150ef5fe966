/**
 * People in and out: bulk imports, files, the export of one person, and erasure.
 *
 * <p>Published: {@link carillon.people.People}, which has the operations, the streams and the
 * background work. What a profile is and whose an identifier is stays with {@code profiles}; the
 * events, messages and mails of a person are forgotten by the features that own them.
 */
package carillon.people;
