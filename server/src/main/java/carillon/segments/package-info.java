/**
 * Segments: groups of people that follow from what is known about them.
 *
 * <p>A definition is read into a tree and compiled to SQL. Members are kept: computed in the
 * background when the definition is new, then moved only by the news of what happened to people,
 * lane by lane, and by the time. Published: {@link carillon.segments.Segments} for features that
 * use segments, {@link carillon.segments.SegmentsApi} with the operations, and the news {@link
 * carillon.segments.SegmentNews}. Reads the tables of people, events and lists in its SQL; must not
 * know who mails to members.
 */
package carillon.segments;
