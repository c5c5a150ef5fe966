package carillon.mcp;

import carillon.accounts.Accounts;
import carillon.accounts.ApiKeys;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.jsonapi.Operation;
import carillon.platform.db.Database;
import carillon.platform.http.Pages;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The operations of this server as tools for agents, over HTTP and over standard input. */
public final class McpServer {

  private final Protocol protocol;
  private final Doorman doorman;
  private final Endpoint endpoint;

  /**
   * What it stands on.
   *
   * @param secret signs confirmations
   * @param url the public address of the server
   */
  public record Ground(Database db, Clock clock, byte[] secret, String url, String version) {}

  /**
   * The API that the tools use.
   *
   * @param handle answers a request as if it had come over HTTP
   * @param check answers it without changing anything, as {@link carillon.jsonapi.Dispatcher#check}
   *     does
   */
  public record Api(
      List<Operation> operations,
      Function<HttpRequest, HttpResponse> handle,
      Function<HttpRequest, HttpResponse> check) {

    public Api {
      operations = List.copyOf(operations);
    }
  }

  public McpServer(
      Ground ground, Accounts accounts, ApiKeys keys, Api api, Reaches reaches, AuditLog audit) {
    var reading =
        api.operations().stream()
            .filter(Operation::readsOnly)
            .map(Operation::id)
            .collect(Collectors.toUnmodifiableSet());
    var guarded =
        new GuardedTools(
            new GuardedTools.Api(api.handle(), api.check(), reading),
            reaches,
            new Confirmations(ground.db(), ground.secret(), ground.clock()),
            new Budget(ground.db(), ground.clock(), accounts));
    this.protocol = new Protocol(new Calls(guarded, audit), ground.version());
    this.doorman = new Doorman(keys, new Toolbox(api.operations()));
    this.endpoint = new Endpoint(protocol, doorman, ground.url());
  }

  /** Adds the endpoint to the pages of the server. */
  public void addTo(Pages pages) {
    pages.add(Selection.ROOT, "mcp", endpoint::answer);
    pages.add(Selection.ROOT + "/", "mcp", endpoint::answer);
  }

  /**
   * The same over standard input and output.
   *
   * @param path the set of tools, such as {@code /mcp/x/all}
   * @return empty when there is no such key or no such set
   */
  public Optional<Stdio> stdio(String privateKey, String path) {
    return doorman
        .visit(privateKey, path)
        .map(_ -> new Stdio(message -> answer(privateKey, path, message)));
  }

  private Optional<ObjectNode> answer(String privateKey, String path, Message message) {
    var visit = doorman.visit(privateKey, path);
    if (visit.isEmpty()) {
      return message
          .id()
          .map(id -> Protocol.refusal(RpcError.Kind.INVALID_REQUEST, "The key has ended.", id));
    }
    var answer =
        Protocol.isCurrent(message, Optional.empty())
            ? protocol.current(message, () -> {}, visit.get())
            : protocol.earlier(message, visit.get());
    return answer.body();
  }

  /**
   * Standard input and output of a server that runs elsewhere.
   *
   * @param address with the path of the set of tools
   */
  public static Stdio bridge(URI address, String privateKey) {
    return new Stdio(new Bridge(address, privateKey));
  }
}
