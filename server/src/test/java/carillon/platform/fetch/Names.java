package carillon.platform.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A name service whose answers a test writes down: one per question, the last one for good. */
final class Names implements HostResolver {

  private final Map<String, Queue<List<InetAddress>>> answers = new HashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  Names with(String host, String... addresses) {
    var answer = Stream.of(addresses).map(InetAddress::ofLiteral).toList();
    answers.computeIfAbsent(host, _ -> new ArrayDeque<>()).add(answer);
    return this;
  }

  List<String> asked() {
    return asked;
  }

  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    asked.add(host);
    var next = answers.get(host);
    if (next == null) {
      return List.of(InetAddress.getByName(host));
    }
    return next.size() > 1 ? next.poll() : next.peek();
  }
}
