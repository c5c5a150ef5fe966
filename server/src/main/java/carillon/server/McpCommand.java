package carillon.server;

import carillon.mcp.McpServer;
import carillon.mcp.Stdio;
import carillon.platform.Secret;
import carillon.platform.Settings;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * {@code mcp}: agents over standard input and output, of a running server or of a node of its own.
 * Only messages go to standard output.
 */
final class McpCommand {

  private static final String NO_KEY =
      "Set CARILLON_PRIVATE_KEY (or CARILLON_PRIVATE_KEY_FILE) to the key that the agent is to"
          + " use.";

  /** {@code out} is the real standard output; what else prints must go elsewhere. */
  static int run(Settings settings, List<String> args, PrintStream out) {
    var path =
        "/mcp"
            + option(args, "--set").map(set -> "/x/" + set).orElse("")
            + (args.contains("--read-only") ? "/readonly" : "");
    var url = option(args, "--url");
    return url.isPresent()
        ? bridge(settings, url.get(), path, out)
        : inProcess(settings, path, out);
  }

  private static int bridge(Settings settings, String url, String path, PrintStream out) {
    var key = settings.privateKey();
    if (key.isEmpty()) {
      return Main.refuse(NO_KEY);
    }
    if (!url.matches("https?://[^/\\s]+(/\\S*)?")) {
      return Main.refuse("--url must be the address of a server, such as http://127.0.0.1:8080.");
    }
    var address = URI.create(url.replaceFirst("/$", "") + path);
    return serve(McpServer.bridge(address, key.get().value()), out);
  }

  private static int inProcess(Settings settings, String path, PrintStream out) {
    var node = Serve.startBeside(settings);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(node::close));
    var made = Serve.firstAccount(settings, node);
    made.ifPresent(Serve::announce);
    node.open();
    var key = settings.privateKey().map(Secret::value).or(() -> made.map(Serve.FirstAccount::key));
    if (key.isEmpty()) {
      return Main.refuse(NO_KEY);
    }
    var stdio = node.agents().stdio(key.get(), path);
    return stdio.isEmpty()
        ? Main.refuse("There is no such key, or no such set of tools.")
        : serve(stdio.get(), out);
  }

  private static int serve(Stdio stdio, PrintStream out) {
    stdio.serve(System.in, out);
    return 0;
  }

  private static Optional<String> option(List<String> args, String name) {
    var at = args.indexOf(name);
    return at >= 0 && at + 1 < args.size() ? Optional.of(args.get(at + 1)) : Optional.empty();
  }

  private McpCommand() {}
}
