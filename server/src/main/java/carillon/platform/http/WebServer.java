package carillon.platform.http;

import carillon.jsonapi.Fault;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** Serves a {@link Site} over HTTP/1.1. */
public final class WebServer implements AutoCloseable {

  /**
   * Ids may have a slash or a percent sign in them: paths are parted before anything is decoded, so
   * that neither can lead anywhere else.
   */
  private static final UriCompliance ANY_ID =
      UriCompliance.DEFAULT.with(
          "ids", Violation.AMBIGUOUS_PATH_SEPARATOR, Violation.AMBIGUOUS_PATH_ENCODING);

  /** Requests worked on at once; more wait their turn, so that tails stay short under overload. */
  private static final int AT_ONCE = 256;

  /**
   * A body of this size becomes a tree that takes ten times as much, so only a few are worked on at
   * once.
   */
  private static final int LARGE = 64 * 1024;

  private static final int LARGE_AT_ONCE = 2 * Runtime.getRuntime().availableProcessors();

  /**
   * Larger bodies on their way or being worked on. Smaller ones are read before a request has its
   * turn, so that who sends one slowly keeps nobody waiting.
   */
  private static final int LARGE_BODIES = 32;

  /** Jetty's own bound lets whoever comes last go first. */
  private static final int UNBOUNDED = 0;

  /** Files on their way in or out; each may take long, and a connection to the database. */
  private static final int STREAMS_AT_ONCE = 4;

  /**
   * Bytes of a body that is too large which are still read. Who sends a body reads the answer after
   * it: if the connection were closed before, they would only see that it broke.
   */
  private static final long READ_ON = 64 * 1024 * 1024;

  private static final long STOP_WITHIN_MS = 15_000;

  private final Server server;
  private final ServerConnector connector;

  private WebServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts listening.
   *
   * @param port 0 for any free port
   * @param proxies who is believed about where requests come from
   */
  public static WebServer start(String host, int port, TrustedProxies proxies, Site site) {
    var threads = new QueuedThreadPool(32, 4);
    threads.setName("http");
    var virtual = new VirtualThreadPool(UNBOUNDED);
    virtual.setName("request");
    threads.setVirtualThreadsExecutor(virtual);
    var server = new Server(threads);
    server.addBean(virtual);
    server.setStopTimeout(STOP_WITHIN_MS);
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
    connector.setHost(host);
    connector.setPort(port);
    connector.setAcceptQueueSize(1024);
    connector.setIdleTimeout(60_000);
    server.addConnector(connector);
    server.setHandler(new GracefulHandler(compressed(new Adapter(site, proxies))));
    server.setErrorHandler(new Refusals(site));
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(
          "cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
    return new WebServer(server, connector);
  }

  private static HttpConfiguration configuration() {
    var configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(32 * 1024);
    configuration.setUriCompliance(ANY_ID);
    // A cache of header lines takes each connection 100 KB and is slower than reading them.
    configuration.setHeaderCacheSize(0);
    return configuration;
  }

  private static Handler compressed(Handler inner) {
    var compression = new CompressionHandler(inner);
    compression.putCompression(new GzipCompression());
    compression.putConfiguration(
        "/*",
        CompressionConfig.builder()
            .defaults()
            .compressIncludeMimeType("application/vnd.api+json")
            .build());
    return compression;
  }

  /** The port listened on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Stops accepting and waits for requests in flight. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest head(Request request, TrustedProxies proxies) {
    var uri = request.getHttpURI();
    return new HttpRequest(
        request.getMethod(),
        Optional.ofNullable(uri.getPath()).orElse("/"),
        Optional.ofNullable(uri.getQuery()).orElse(""),
        name -> request.getHeaders().get(name),
        new byte[0],
        proxies.client(
            Request.getRemoteAddr(request),
            request.getHeaders().getValuesList(HttpHeader.X_FORWARDED_FOR)));
  }

  private static void send(Response response, HttpResponse answer, Callback callback) {
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::add);
    if (answer.status() != 204) {
      response.getHeaders().add(HttpHeader.CONTENT_LENGTH, answer.body().length);
    }
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }

  /**
   * What Jetty itself refuses, such as a path that hides a zero byte, is answered in the shape of
   * the API: it may not even have a path.
   */
  private static final class Refusals extends ErrorHandler {
    private static final String API = "/api";

    private final Site site;

    Refusals(Site site) {
      this.site = site;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      var fault = fault(response.getStatus());
      var asked =
          new HttpRequest(
              request.getMethod(),
              API,
              "",
              name -> request.getHeaders().get(name),
              new byte[0],
              Request.getRemoteAddr(request));
      send(response, site.refuse(asked, fault), callback);
      return true;
    }

    private static Fault fault(int status) {
      if (status == 503) {
        return Fault.of(Fault.Code.UNAVAILABLE, "The server is stopping.");
      }
      return status >= 500
          ? Fault.of(Fault.Code.ERROR, "A server error occurred.")
          : Fault.of(Fault.Code.INVALID, "The request cannot be understood.");
    }
  }

  private static final class Adapter extends Handler.Abstract {
    private final Site site;
    private final TrustedProxies proxies;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final Semaphore bodies = new Semaphore(LARGE_BODIES, true);
    private final Semaphore large = new Semaphore(LARGE_AT_ONCE, true);
    private final Semaphore streams = new Semaphore(STREAMS_AT_ONCE, true);

    Adapter(Site site, TrustedProxies proxies) {
      this.site = site;
      this.proxies = proxies;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      var started = System.nanoTime();
      var head = head(request, proxies);
      var piecewise = site.piecewise(head);
      if (piecewise.isPresent()) {
        stream(request, response, callback, head, piecewise.get());
        return true;
      }
      if (isSmall(request)) {
        answer(request, response, callback, head, started);
        return true;
      }
      bodies.acquire();
      try {
        answer(request, response, callback, head, started);
      } finally {
        bodies.release();
      }
      return true;
    }

    private static boolean isSmall(Request request) {
      return request.getLength() <= LARGE
          && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    private void answer(
        Request request, Response response, Callback callback, HttpRequest head, long started)
        throws IOException, InterruptedException {
      var body = body(request);
      turns.acquire();
      try {
        var asked = head.with(body instanceof Body.Whole(var bytes) ? bytes : new byte[0]);
        var answer =
            switch (body) {
              case Body.Whole _ -> answer(asked);
              case Body.Refused(var fault) -> site.refuse(asked, fault);
            };
        send(response, answer, callback);
        site.answered(asked, answer, System.nanoTime() - started);
      } finally {
        turns.release();
      }
    }

    private HttpResponse answer(HttpRequest asked) throws InterruptedException {
      if (asked.body().length < LARGE) {
        return site.answer(asked);
      }
      large.acquire();
      try {
        return site.answer(asked);
      } finally {
        large.release();
      }
    }

    /** A failure after the answer has begun breaks it off, so that it cannot pass for whole. */
    private void stream(
        Request request,
        Response response,
        Callback callback,
        HttpRequest head,
        Site.Piecewise piecewise) {
      if (!streams.tryAcquire()) {
        var busy = "Too many files are on their way. Try again later.";
        send(response, site.refuse(head, Fault.of(Fault.Code.UNAVAILABLE, busy)), callback);
        return;
      }
      var started = System.nanoTime();
      try (var body = Content.Source.asInputStream(request)) {
        var told = piecewise.answer(body, new StreamedAnswer(response));
        callback.succeeded();
        site.answered(head, told, System.nanoTime() - started);
      } catch (IOException | RuntimeException e) {
        callback.failed(e);
      } finally {
        streams.release();
      }
    }

    private sealed interface Body {
      record Whole(byte[] bytes) implements Body {}

      record Refused(Fault fault) implements Body {}

      static Body tooLarge() {
        return new Refused(
            Fault.of(Fault.Code.TOO_LARGE, "The request body is larger than allowed."));
      }

      static Body tooSlow() {
        return new Refused(Fault.of(Fault.Code.INVALID, "The request body comes too slowly."));
      }
    }

    /** One that is too large has been read as far as there is any of it. */
    private Body body(Request request) throws IOException {
      var max = site.maxBody(Request.getPathInContext(request));
      var announced = request.getLength();
      if (announced > max
          && (announced > READ_ON || request.getHeaders().contains(HttpHeader.EXPECT))) {
        return Body.tooLarge();
      }
      var started = System.nanoTime();
      try (var in = Content.Source.asInputStream(request)) {
        var out = new ByteArrayOutputStream(Math.clamp(announced, 32, max));
        var buffer = new byte[Math.clamp(announced, 512, 8192)];
        long all = 0;
        for (int read = in.read(buffer); read >= 0 && all <= READ_ON; read = in.read(buffer)) {
          all += read;
          if (all <= max) {
            out.write(buffer, 0, read);
          }
          if (BodyPace.isTooSlow(Duration.ofNanos(System.nanoTime() - started), all)) {
            return Body.tooSlow();
          }
        }
        return all > max ? Body.tooLarge() : new Body.Whole(out.toByteArray());
      }
    }
  }
}
