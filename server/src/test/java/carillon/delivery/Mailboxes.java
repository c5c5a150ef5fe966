package carillon.delivery;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server that is not ours, with mailboxes that can be told to refuse. */
final class Mailboxes implements AutoCloseable {

  /** A mail that arrived. */
  record Arrived(String from, String to, String raw) {}

  final List<Arrived> arrived = new CopyOnWriteArrayList<>();
  volatile Consumer<String> gate = _ -> {};
  volatile CountDownLatch slow = new CountDownLatch(0);
  private final SMTPServer server;

  Mailboxes() {
    server =
        SMTPServer.port(0).insertReceivedHeaders(false).messageHandlerFactory(Arrival::new).build();
    server.start();
  }

  int port() {
    return server.getPortAllocated();
  }

  void refuse(int code, String text) {
    gate =
        _ -> {
          throw new IllegalStateException(code + " " + text);
        };
  }

  void accept() {
    gate = _ -> {};
  }

  List<String> recipients() {
    return arrived.stream().map(Arrived::to).toList();
  }

  @Override
  public void close() {
    slow.countDown();
    server.stop();
  }

  private final class Arrival implements MessageHandler {
    private String from = "";
    private String to = "";

    Arrival(MessageContext context) {}

    @Override
    public void from(String sender) {
      from = sender;
    }

    @Override
    public void recipient(String recipient) throws RejectException {
      try {
        gate.accept(recipient);
      } catch (IllegalStateException e) {
        var words = e.getMessage().split(" ", 2);
        throw new RejectException(Integer.parseInt(words[0]), words[1]);
      }
      to = recipient;
    }

    @Override
    public String data(java.io.InputStream content) throws java.io.IOException {
      try {
        if (!slow.await(20, TimeUnit.SECONDS)) {
          throw new java.io.IOException("never let through");
        }
      } catch (InterruptedException e) {
        throw new java.io.IOException(e);
      }
      var raw = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      arrived.add(new Arrived(from, to, raw));
      return null;
    }

    @Override
    public void done() {}
  }
}
