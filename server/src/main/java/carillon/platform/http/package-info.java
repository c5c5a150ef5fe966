/**
 * The web server: one adapter from Jetty to {@link carillon.jsonapi.HttpRequest} and back, on
 * virtual threads, with limits on size and concurrency, compression and graceful stop.
 *
 * <p>{@link carillon.platform.http.WebServer} serves a {@link carillon.platform.http.Site}. Nothing
 * outside this package knows Jetty.
 */
package carillon.platform.http;
