package carillon.server;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.platform.db.DatabaseUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what was asked and what failed, with request ids and without personal data. */
final class RequestLog {

  private static final Logger LOG = LoggerFactory.getLogger("carillon.requests");

  /**
   * One line for each request, at debug level; paths and queries can name people, so neither is
   * told.
   */
  void answered(HttpRequest request, HttpResponse response, String operation, long nanos) {
    LOG.atDebug()
        .addKeyValue("operation", operation)
        .addKeyValue("status", response.status())
        .addKeyValue("request_id", response.requestId())
        .addKeyValue("micros", nanos / 1000)
        .log("{} {}", request.method(), operation);
  }

  /** What to answer for a failure nobody foresaw. */
  ApiError unexpected(String requestId, RuntimeException failure) {
    if (failure instanceof DatabaseUnavailable) {
      LOG.atWarn().addKeyValue("request_id", requestId).log("database unavailable");
      return ApiError.of(
          Fault.Code.UNAVAILABLE, "The server is busy or its database is away. Try again later.");
    }
    LOG.atError().addKeyValue("request_id", requestId).setCause(failure).log("request failed");
    return ApiError.of(Fault.Code.ERROR, "The server could not answer this request.");
  }
}
