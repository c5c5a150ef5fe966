/**
 * What customers say about products and the shop: taken from anybody, shown once a person with a
 * key has published it.
 *
 * <p>Published: {@link carillon.reviews.ReviewsApi} for who moderates and {@link
 * carillon.reviews.ClientReviewsApi} for pages of the shop. Knows the profiles of reviewers and
 * tells of reviews by events; knows nothing of catalogs: a product is an id that the shop
 * understands.
 */
package carillon.reviews;
