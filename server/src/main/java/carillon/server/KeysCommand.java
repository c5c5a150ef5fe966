package carillon.server;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.accounts.ApiKeys;
import carillon.jsonapi.Caller;
import carillon.platform.Ids;
import carillon.platform.Settings;
import carillon.platform.db.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code keys create|list|revoke}. With the embedded database the server must be stopped. */
final class KeysCommand {

  static int run(Settings settings, List<String> args) {
    var clock = Clock.systemUTC();
    var random = new SecureRandom();
    var ids = new Ids(clock, random);
    try (var db = Database.open(settings, new SimpleMeterRegistry())) {
      var accounts = new Accounts(db, clock, ids, List.of());
      var keys = new ApiKeys(db, clock, ids, random, accounts);
      return switch (args.isEmpty() ? "" : args.getFirst()) {
        case "create" -> create(accounts, keys, args);
        case "list" -> list(keys);
        case "revoke" -> revoke(keys, args);
        default -> Main.refuse(Help.TEXT);
      };
    }
  }

  private static int create(Accounts accounts, ApiKeys keys, List<String> args) {
    var account =
        option(args, "--account")
            .or(() -> accounts.all().stream().map(Account::id).findFirst())
            .flatMap(accounts::find);
    if (account.isEmpty()) {
      return Main.refuse("There is no such account. Start the server once to make the first.");
    }
    var scopes =
        option(args, "--scopes")
            .map(list -> Set.of(list.split(",")))
            .orElse(Set.of(Caller.EVERYTHING));
    var name = option(args, "--name").orElse("made on the command line");
    return Main.say(keys.create(account.get().id(), name, scopes));
  }

  private static int list(ApiKeys keys) {
    for (var key : keys.all()) {
      Main.say(
          "%s  %s  …%s  %-9s  %s  %s"
              .formatted(
                  key.id(),
                  key.account(),
                  key.last4(),
                  key.revokedAt().isPresent() ? "revoked" : "active",
                  key.name(),
                  String.join(",", key.scopes())));
    }
    return 0;
  }

  private static int revoke(ApiKeys keys, List<String> args) {
    if (args.size() < 2) {
      return Main.refuse(Help.TEXT);
    }
    return keys.revoke(args.get(1))
        ? Main.say("revoked")
        : Main.refuse("There is no active key " + args.get(1) + ".");
  }

  private static Optional<String> option(List<String> args, String name) {
    var at = args.indexOf(name);
    return at >= 0 && at + 1 < args.size() ? Optional.of(args.get(at + 1)) : Optional.empty();
  }

  private KeysCommand() {}
}
