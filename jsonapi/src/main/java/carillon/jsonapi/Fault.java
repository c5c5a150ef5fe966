package carillon.jsonapi;

import java.util.Map;

/**
 * One thing wrong with a request; becomes one JSON:API error object.
 *
 * @param code what kind of fault, which also decides status and title
 * @param detail the sentence for a person
 * @param source where it lies
 * @param meta further facts for a program, such as {@code duplicate_profile_id}
 */
public record Fault(Code code, String detail, Source source, Map<String, String> meta) {

  /** Kinds of faults with their status, code word and title. Each code word is unique. */
  public enum Code {
    INVALID(400, "invalid", "Invalid input."),
    NOT_AUTHENTICATED(401, "not_authenticated", "Authentication credentials were not provided."),
    PERMISSION_DENIED(
        403, "permission_denied", "You do not have permission to perform this action."),
    FORBIDDEN(403, "forbidden", "Forbidden."),
    NOT_FOUND(404, "not_found", "Not found."),
    VARIANT_NOT_FOUND(
        404, "variant_not_found", "The variant in your relationship payload does not exist"),
    TAG_SERVICE_ERROR(404, "tag_service_error", "Tag Service Error"),
    METHOD_NOT_ALLOWED(405, "method_not_allowed", "Method not allowed."),
    CONFLICT(409, "conflict", "Conflict."),
    DUPLICATE_PROFILE(409, "duplicate_profile", "Conflict."),
    GONE(410, "gone", "Gone."),
    TOO_LARGE(413, "payload_too_large", "Payload too large."),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported_media_type", "Unsupported media type."),
    THROTTLED(429, "throttled", "Request was throttled."),
    ERROR(500, "error", "A server error occurred."),
    UNAVAILABLE(503, "service_unavailable", "Service unavailable.");

    private final int status;
    private final String word;
    private final String title;

    Code(int status, String word, String title) {
      this.status = status;
      this.word = word;
      this.title = title;
    }

    /** The HTTP status of an answer with this fault. */
    public int status() {
      return status;
    }

    /** The code as it appears on the wire. */
    public String word() {
      return word;
    }

    /** The title as it appears on the wire. */
    public String title() {
      return title;
    }
  }

  public Fault {
    meta = Map.copyOf(meta);
  }

  /** A fault of the body at a JSON pointer. */
  public static Fault at(String pointer, String detail) {
    return new Fault(Code.INVALID, detail, new Source.Pointer(pointer), Map.of());
  }

  /** A fault of a query parameter. */
  public static Fault parameter(String name, String detail) {
    return new Fault(Code.INVALID, detail, new Source.Parameter(name), Map.of());
  }

  /** A fault of the whole request. */
  public static Fault of(Code code, String detail) {
    return new Fault(code, detail, new Source.Pointer("/data/"), Map.of());
  }
}
