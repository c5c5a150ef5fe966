package carillon.bounces;

import carillon.mail.Watchdog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for mail that comes back, and bounds what one who brings it may take of us. */
final class Listener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int DRAIN_SECONDS = 10;
  private static final byte[] BUSY =
      "421 4.7.0 too many connections\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket server;
  private final Postmaster postmaster;
  private final Limits limits;
  private final Watchdog watchdog = new Watchdog();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

  private Listener(ServerSocket server, Postmaster postmaster, Limits limits) {
    this.server = server;
    this.postmaster = postmaster;
    this.limits = limits;
  }

  static Listener start(InetSocketAddress address, Postmaster postmaster, Limits limits) {
    try {
      var server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(address, limits.connections());
      var listener = new Listener(server, postmaster, limits);
      listener.threads.execute(listener::accept);
      LOG.info("bounces are taken on port {}", server.getLocalPort());
      return listener;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + address, e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        welcome(server.accept());
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn("a connection could not be accepted: {}", e.toString());
        }
      }
    }
  }

  private void welcome(Socket socket) throws IOException {
    var from = socket.getInetAddress();
    var mine = byAddress.merge(from, 1, Integer::sum);
    if (connections.incrementAndGet() > limits.connections() || mine > limits.perAddress()) {
      try (socket) {
        socket.getOutputStream().write(BUSY);
      } finally {
        left(from);
      }
      return;
    }
    try {
      threads.execute(() -> converse(socket, from));
    } catch (RejectedExecutionException _) {
      Watchdog.drop(socket);
      left(from);
    }
  }

  private void converse(Socket socket, InetAddress from) {
    var dog = watchdog.watch(socket, limits.whole());
    try (socket) {
      socket.setSoTimeout((int) limits.silence().toMillis());
      var conversation = new Conversation(socket, postmaster, limits.bytes());
      open.add(conversation);
      try {
        // One that began while we were closing was not told to end.
        if (server.isClosed()) {
          conversation.finish();
        }
        conversation.hold();
      } finally {
        open.remove(conversation);
      }
    } catch (IOException e) {
      LOG.debug("a connection broke: {}", e.toString());
    } finally {
      dog.cancel(false);
      left(from);
    }
  }

  private void left(InetAddress from) {
    connections.decrementAndGet();
    byAddress.computeIfPresent(from, (_, count) -> count == 1 ? null : count - 1);
  }

  /** Takes no more, lets the mails being taken finish for a while, and hangs up. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.debug("closing", e);
    }
    open.forEach(Conversation::finish);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
        open.forEach(Conversation::drop);
        threads.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    watchdog.close();
  }
}
