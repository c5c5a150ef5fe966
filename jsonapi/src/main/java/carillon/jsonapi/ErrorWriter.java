package carillon.jsonapi;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes faults as JSON:API error objects. */
final class ErrorWriter {

  private static final String RATE_LIMIT_PAGE =
      "https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling#rate-limits";

  /** The first error carries the request's id, so that a header and a body can be matched. */
  static byte[] write(List<Fault> faults, String requestId, Ids ids) {
    var errors = Json.MAPPER.createArrayNode();
    for (var fault : faults) {
      var error = errors.addObject();
      error.put("id", errors.size() == 1 ? requestId : ids.requestId());
      error.put("status", fault.code().status());
      error.put("code", fault.code().word());
      error.put("title", fault.code().title());
      error.put("detail", wellFormed(fault.detail()));
      var source = error.putObject("source");
      switch (fault.source()) {
        case Source.Pointer(var path) -> source.put("pointer", wellFormed(path));
        case Source.Parameter(var name) -> source.put("parameter", wellFormed(name));
      }
      if (tellsMore(fault.code())) {
        var links = error.putObject("links");
        if (fault.code() == Fault.Code.THROTTLED) {
          links.put("type", RATE_LIMIT_PAGE);
        }
        var meta = error.putObject("meta");
        fault.meta().forEach(meta::put);
      }
    }
    var document = Json.object();
    document.set("errors", errors);
    return Json.MAPPER.writeValueAsBytes(document);
  }

  /** Half a surrogate pair, echoed from a request, could not be written. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static boolean tellsMore(Fault.Code code) {
    return switch (code.status()) {
      case 400, 409, 413, 429 -> true;
      default -> false;
    };
  }

  /** Where ids of requests and further errors come from. */
  interface Ids {
    String requestId();
  }

  private ErrorWriter() {}
}
