package carillon.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a port nobody listens on, because links must name it before the server listens. */
final class FreePort {

  static int on(String host) {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no port is free on " + host, e);
    }
  }

  private FreePort() {}
}
