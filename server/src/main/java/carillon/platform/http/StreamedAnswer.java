package carillon.platform.http;

import carillon.jsonapi.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

/** An answer that is sent piece by piece. */
public final class StreamedAnswer {

  private final Response response;
  private int status;

  StreamedAnswer(Response response) {
    this.response = response;
  }

  /** Begins the answer; what is written goes out as the client takes it. To be closed. */
  public OutputStream begin(int code, Map<String, String> headers) {
    if (begun()) {
      throw new IllegalStateException("the answer has begun");
    }
    status = code;
    response.setStatus(code);
    headers.forEach((name, value) -> response.getHeaders().put(name, value));
    return Content.Sink.asOutputStream(response);
  }

  /** Sends a whole answer. */
  public void send(HttpResponse whole) throws IOException {
    try (var out = begin(whole.status(), whole.headers())) {
      out.write(whole.body());
    }
  }

  /** Whether the status is decided. */
  public boolean begun() {
    return status != 0;
  }

  /** The status begun with; 0 before. */
  public int status() {
    return status;
  }
}
