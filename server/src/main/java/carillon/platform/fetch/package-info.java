/**
 * Speaking HTTP to addresses that users name: images to import, later web feeds and webhooks.
 *
 * <p>Publishes {@link carillon.platform.fetch.SafeFetch} with its request, limits and results. What
 * is checked is what is connected to: a host is resolved once, every address it has is vetted, and
 * the socket goes to one of those addresses. Must not know what the bytes are for.
 */
package carillon.platform.fetch;
