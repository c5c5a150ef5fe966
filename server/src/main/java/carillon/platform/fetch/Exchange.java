package carillon.platform.fetch;

import carillon.platform.fetch.FetchResult.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One request and its answer over one connection of its own, to an address that was vetted. */
final class Exchange {

  /** A host with more addresses than these is tried no further. */
  private static final int ATTEMPTS = 3;

  private final HostResolver resolver;
  private final AddressPolicy policy;
  private final FetchLimits limits;
  private final Supplier<SSLSocketFactory> tls;

  Exchange(
      HostResolver resolver,
      AddressPolicy policy,
      FetchLimits limits,
      Supplier<SSLSocketFactory> tls) {
    this.resolver = resolver;
    this.policy = policy;
    this.limits = limits;
    this.tls = tls;
  }

  FetchResult.Fetched run(Target target, FetchRequest request, Map<String, String> headers)
      throws IOException {
    var addresses = vetted(target.host());
    // Closing the bare socket alone ends a TLS connection without waiting for a farewell.
    try (var socket = connected(addresses, target.port())) {
      return speak(target, request, headers, socket);
    } catch (SocketTimeoutException e) {
      throw new FetchFailure(Reason.TIMEOUT, target.host() + " went silent");
    } catch (SSLException e) {
      throw new FetchFailure(Reason.TLS, target.host() + ": " + e.getMessage());
    } catch (FetchFailure e) {
      throw e;
    } catch (IOException e) {
      throw new FetchFailure(Reason.UNREACHABLE, target.host() + ": " + e.getMessage());
    }
  }

  private List<InetAddress> vetted(String host) throws FetchFailure {
    List<InetAddress> addresses;
    try {
      addresses = resolver.resolve(host);
    } catch (UnknownHostException e) {
      throw new FetchFailure(Reason.UNRESOLVED, host + " has no address");
    }
    for (var address : addresses) {
      if (!policy.allows(address)) {
        throw new FetchFailure(
            Reason.ADDRESS, host + " has the address " + address.getHostAddress());
      }
    }
    return addresses;
  }

  private Socket connected(List<InetAddress> addresses, int port) throws IOException {
    var failure = new FetchFailure(Reason.UNRESOLVED, "no address");
    for (var address : addresses.subList(0, Math.min(ATTEMPTS, addresses.size()))) {
      if (Thread.currentThread().isInterrupted()) {
        throw new FetchFailure(Reason.CANCELLED, "given up before connecting");
      }
      var socket = new Socket(Proxy.NO_PROXY);
      try {
        socket.setSoTimeout(millis(limits.read()));
        socket.connect(new InetSocketAddress(address, port), millis(limits.connect()));
        return socket;
      } catch (SocketTimeoutException e) {
        socket.close();
        failure = new FetchFailure(Reason.TIMEOUT, address + " did not answer");
      } catch (IOException e) {
        socket.close();
        failure = new FetchFailure(Reason.UNREACHABLE, address + ": " + e.getMessage());
      }
    }
    throw failure;
  }

  private FetchResult.Fetched speak(
      Target target, FetchRequest request, Map<String, String> headers, Socket bare)
      throws IOException {
    var socket = target.secure() ? secured(bare, target) : bare;
    var out = socket.getOutputStream();
    out.write(head(target, request, headers).getBytes(StandardCharsets.US_ASCII));
    out.write(request.body());
    out.flush();
    return new ResponseReader(new BufferedInputStream(socket.getInputStream()), limits)
        .read(request.method(), target.uri().toString());
  }

  private SSLSocket secured(Socket bare, Target target) throws IOException {
    var socket = (SSLSocket) tls.get().createSocket(bare, target.host(), target.port(), true);
    var parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!target.isLiteral()) {
      parameters.setServerNames(List.of(new SNIHostName(target.host())));
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static String head(Target target, FetchRequest request, Map<String, String> headers) {
    var head = new StringBuilder();
    head.append(request.method()).append(' ').append(target.path()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(target.hostHeader()).append("\r\n");
    head.append("Connection: close\r\nAccept-Encoding: identity\r\n");
    if (request.body().length > 0 || !request.followsRedirects()) {
      head.append("Content-Length: ").append(request.body().length).append("\r\n");
    }
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString();
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(Math.max(1, duration.toMillis()));
  }
}
