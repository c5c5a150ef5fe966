/**
 * What a shop sells: items with their variants, in categories, one by one and in bulk; and who
 * waits for a variant to be in stock again.
 *
 * <p>Published: {@link carillon.catalogs.Catalogs} with the operations and the work in the
 * background.
 */
package carillon.catalogs;
