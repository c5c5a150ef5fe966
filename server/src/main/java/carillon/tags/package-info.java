/**
 * Tags and tag groups: names that lists, segments, campaigns and flows can be found by.
 *
 * <p>Published: {@link carillon.tags.TagsApi} with its operations, and for other features {@link
 * carillon.tags.Tags}, which tells the tags of their resources and forgets them when those go. What
 * can be tagged is told by them through {@link carillon.tags.Taggable}; this package knows none of
 * them.
 */
package carillon.tags;
