package carillon.server;

import carillon.platform.InvalidSettings;
import carillon.platform.Settings;
import carillon.platform.db.DatabaseUnavailable;
import carillon.platform.db.EmbeddedPostgresFailure;
import java.nio.file.Path;
import java.util.List;

/** The command line: {@code serve}, {@code demo}, {@code account}, {@code keys} and so on. */
public final class Main {

  static final String VERSION = "0.1.0";

  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> args) {
    var command = args.isEmpty() ? "help" : args.getFirst();
    try {
      return switch (command) {
        case "serve" -> Serve.run(settings());
        case "demo" -> Demo.run(settings());
        case "account" -> AccountCommand.run(settings(), args.subList(1, args.size()));
        case "keys" -> KeysCommand.run(settings(), args.subList(1, args.size()));
        case "import", "export" -> PeopleCommand.run(System.getenv(), args);
        case "mcp" -> mcp(args.subList(1, args.size()));
        case "rehearse" -> Rehearsal.run();
        case "version", "--version" -> say("carillon " + VERSION);
        case "help", "--help", "-h" -> say(Help.TEXT);
        default -> refuse("There is no command '" + command + "'.\n\n" + Help.TEXT);
      };
    } catch (InvalidSettings | DatabaseUnavailable | EmbeddedPostgresFailure e) {
      return refuse(e.getMessage());
    }
  }

  /** What would be printed goes to standard error: standard output belongs to the protocol. */
  private static int mcp(List<String> args) {
    var out = System.out;
    System.setOut(System.err);
    return McpCommand.run(settings(), args, out);
  }

  private static Settings settings() {
    var settings = Settings.read(System.getenv(), Path.of(""));
    Logging.configure(settings);
    return settings;
  }

  static int say(String text) {
    System.out.println(text);
    return 0;
  }

  static int refuse(String text) {
    System.err.println(text);
    return 2;
  }

  private Main() {}
}
