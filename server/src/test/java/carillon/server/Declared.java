package carillon.server;

import carillon.jsonapi.Operation;
import carillon.testing.TestServer;
import java.util.List;

/** The operations of the shared test server, for tests of what is made of them. */
public final class Declared {

  public static List<Operation> operations() {
    return TestServer.shared().api().operations();
  }

  private Declared() {}
}
