package carillon.platform.http;

import carillon.jsonapi.Fault;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What a web server serves. */
public interface Site {

  /** Answers a request. Never throws. */
  HttpResponse answer(HttpRequest request);

  /** Answers a request the web server cannot read, such as one that is too large. */
  HttpResponse refuse(HttpRequest request, Fault fault);

  /** Most bytes a body may have on this path. */
  int maxBody(String path);

  /** Answers a request piece by piece; empty for all whose body and answer fit in memory. */
  default Optional<Piecewise> piecewise(HttpRequest head) {
    return Optional.empty();
  }

  /** How a request is answered while it is read. Throws only when the answer cannot go on. */
  @FunctionalInterface
  interface Piecewise {
    /** Answers; what is told of it is its operation and status. */
    HttpResponse answer(InputStream body, StreamedAnswer answer) throws IOException;
  }

  /** Told of every answer, for metrics and logs. */
  void answered(HttpRequest request, HttpResponse response, long nanos);
}
