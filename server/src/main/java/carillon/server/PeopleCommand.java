package carillon.server;

import carillon.accounts.Account;
import carillon.jsonapi.Caller;
import carillon.platform.Secret;
import carillon.platform.Settings;
import carillon.server.FileTransfer.Query;
import carillon.server.FileTransfer.Refused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code import profiles}, {@code export profiles} and {@code export person}. Files go to a running
 * server when one is named, else to a node of this process on the database of the settings, which
 * may be that of a running server.
 */
final class PeopleCommand {

  private static final Set<String> OPTIONS =
      Set.of(
          "--list", "--map", "--separator", "--rejects", "--output", "--url", "--key", "--account");
  private static final Set<String> FLAGS = Set.of("--dry-run");

  private final Map<String, String> environment;
  private final Words words;

  private PeopleCommand(Map<String, String> environment, Words words) {
    this.environment = environment;
    this.words = words;
  }

  static int run(Map<String, String> environment, List<String> args) {
    try {
      return new PeopleCommand(environment, Words.of(args, OPTIONS, FLAGS)).run();
    } catch (Words.Unknown | Refused e) {
      return Main.refuse(e.getMessage());
    } catch (IOException e) {
      return Main.refuse("The file could not be transferred: " + e);
    }
  }

  /** What is done with a server, wherever it is. */
  private interface Work {
    int with(FileTransfer server) throws IOException, Refused;
  }

  private int run() throws IOException, Refused {
    var what = String.join(" ", words.plain().stream().limit(2).toList());
    var named = words.plain().stream().skip(2).findFirst();
    return switch (what) {
      case "import profiles" ->
          named.isEmpty() ? Main.refuse(Help.TEXT) : at(to -> load(to, Path.of(named.get())));
      case "export profiles" ->
          at(from ->
              save(
                  from.get(
                      "/carillon/exports/profiles", new Query().add("list", words.one("--list")))));
      case "export person" ->
          named.isEmpty()
              ? Main.refuse(Help.TEXT)
              : at(from ->
                  save(
                      from.get(
                          "/carillon/profiles/" + FileTransfer.encoded(named.get()) + "/export",
                          new Query())));
      default -> Main.refuse(Help.TEXT);
    };
  }

  private int at(Work work) throws IOException, Refused {
    return words.one("--url").isPresent() ? atServer(work) : atOwnNode(work);
  }

  private int atServer(Work work) throws IOException, Refused {
    var key = words.one("--key").or(() -> settings(environment).privateKey().map(Secret::value));
    if (key.isEmpty()) {
      return Main.refuse("Which key? Give it with --key or CARILLON_PRIVATE_KEY.");
    }
    try (var server = new FileTransfer(words.one("--url").orElseThrow(), key.get())) {
      return work.with(server);
    }
  }

  /** A node that only answers, on a port of its own, with a key that ends with it. */
  private int atOwnNode(Work work) throws IOException, Refused {
    var own = new HashMap<>(environment);
    own.putAll(Map.of("CARILLON_HOST", "127.0.0.1", "CARILLON_PORT", "0", "CARILLON_ROLES", "api"));
    try (var node = Serve.startBeside(settings(own))) {
      var account = account(node);
      if (account.isEmpty()) {
        return Main.refuse("Which account? Name one that is there with --account ID.");
      }
      var name = "command line, process " + ProcessHandle.current().pid();
      var key = node.keys().create(account.get().id(), name, Set.of(Caller.EVERYTHING));
      try (var server = new FileTransfer("http://127.0.0.1:" + node.port(), key)) {
        return work.with(server);
      } finally {
        node.keys().all().stream()
            .filter(one -> one.name().equals(name) && one.revokedAt().isEmpty())
            .forEach(one -> node.keys().revoke(one.id().toString()));
      }
    }
  }

  private Optional<Account> account(Carillon node) {
    var all = node.accounts().all();
    return words.one("--account").isPresent()
        ? words.one("--account").flatMap(node.accounts()::find)
        : all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  private static Settings settings(Map<String, String> environment) {
    var settings = Settings.read(environment, Path.of(""));
    Logging.configure(settings);
    return settings;
  }

  private int load(FileTransfer server, Path file) throws IOException, Refused {
    if (!Files.isReadable(file)) {
      return Main.refuse("The file " + file + " cannot be read.");
    }
    var query =
        new Query()
            .add("list", words.one("--list"))
            .add("separator", words.one("--separator"))
            .add("dry_run", Optional.of("true").filter(_ -> words.has("--dry-run")));
    words.all("--map").forEach(map -> query.add("map", Optional.of(map)));
    try (var bar = bar(file);
        var answer = server.post("/carillon/imports/profiles", query, bar)) {
      bar.end();
      return ImportAnswer.read(answer, rejects(file)).tell();
    }
  }

  private static ProgressBar bar(Path file) throws IOException {
    var terminal = Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal);
    return new ProgressBar(
        new BufferedInputStream(Files.newInputStream(file)),
        Files.size(file),
        System.err,
        terminal.isPresent());
  }

  private Path rejects(Path file) {
    return words
        .one("--rejects")
        .map(Path::of)
        .orElseGet(() -> Path.of(file.toString().replaceFirst("\\.csv$", "") + ".rejects.csv"));
  }

  private int save(InputStream answer) throws IOException {
    try (answer) {
      if (words.one("--output").isEmpty()) {
        answer.transferTo(System.out);
        System.out.flush();
      } else {
        Files.copy(
            answer,
            Path.of(words.one("--output").orElseThrow()),
            StandardCopyOption.REPLACE_EXISTING);
      }
      return 0;
    }
  }
}
