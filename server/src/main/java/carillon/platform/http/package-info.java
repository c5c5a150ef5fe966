/**
 * The web server: one adapter from Jetty to {@link carillon.jsonapi.HttpRequest} and back, on
 * virtual threads, with limits on size and concurrency, compression and graceful stop.
 *
 * <p>{@link carillon.platform.http.WebServer} serves a {@link carillon.platform.http.Site}. Nothing
 * outside this package knows Jetty. {@link carillon.platform.http.HostedPage} is the frame of all
 * pages that people see, {@link carillon.platform.http.Html} what they are made of.
 */
package carillon.platform.http;
