/**
 * Segments: groups of people that follow from what is known about them.
 *
 * <p>Published: {@link carillon.segments.Segments}, which tells the segments of profiles. None can
 * be defined yet, so it tells that there are none.
 */
package carillon.segments;
