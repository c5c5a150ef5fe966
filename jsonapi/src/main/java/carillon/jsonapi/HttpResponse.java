package carillon.jsonapi;

import java.util.Map;

/**
 * An answer for the web server to send.
 *
 * @param status HTTP status
 * @param headers by name, in order
 * @param body may be empty
 * @param operation id of the operation that answered, for metrics and logs; empty when none did
 * @param requestId the id also sent as {@code X-Klaviyo-Req-Id}
 */
public record HttpResponse(
    int status, Map<String, String> headers, byte[] body, String operation, String requestId) {}
