/**
 * The engine: an operation of the API is a value, and everything the server does with it (routing,
 * checking, reading, writing, describing) is derived from that value here.
 *
 * <p>Features publish {@link carillon.jsonapi.Operation}s; {@link carillon.jsonapi.Dispatcher}
 * answers requests with them. The engine knows no feature, no database and no web server: it turns
 * a {@link carillon.jsonapi.HttpRequest} into a {@link carillon.jsonapi.HttpResponse}.
 *
 * <p>Documents follow JSON:API 1.0 in the dialect of the Klaviyo API, revision 2026-04-15.
 */
package carillon.jsonapi;
