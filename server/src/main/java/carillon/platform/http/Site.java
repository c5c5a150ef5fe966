package carillon.platform.http;

import carillon.jsonapi.Fault;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;

/** What a web server serves. */
public interface Site {

  /** Answers a request. Never throws. */
  HttpResponse answer(HttpRequest request);

  /** Answers a request the web server cannot read, such as one that is too large. */
  HttpResponse refuse(HttpRequest request, Fault fault);

  /** Most bytes a body may have on this path. */
  int maxBody(String path);

  /** Told of every answer, for metrics and logs. */
  void answered(HttpRequest request, HttpResponse response, long nanos);
}
