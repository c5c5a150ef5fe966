package carillon.server;

import carillon.accounts.Account;
import carillon.accounts.Accounts;
import carillon.accounts.ApiKeys;
import carillon.accounts.GuardRails;
import carillon.jsonapi.Caller;
import carillon.platform.Ids;
import carillon.platform.Settings;
import carillon.platform.db.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code keys create|limit|list|revoke}, beside a running server or without one. */
final class KeysCommand {

  private static final String NO_NUMBER = "--recipients-per-day needs a number.";

  private static final Set<String> NAMED =
      Set.of("--account", "--name", "--scopes", "--recipients-per-day");
  private static final Set<String> SWITCHES =
      Set.of("--read-only", "--dry-run", "--no-confirmation");

  static int run(Settings settings, List<String> args) {
    try (var db = Database.openBeside(settings, new SimpleMeterRegistry())) {
      return run(db, args);
    }
  }

  static int run(Database db, List<String> args) {
    var clock = Clock.systemUTC();
    var random = new SecureRandom();
    var ids = new Ids(clock, random);
    var accounts = new Accounts(db, clock, ids, List.of());
    var keys = new ApiKeys(db, clock, ids, random, accounts);
    var unknown = unknown(args);
    if (unknown.isPresent()) {
      return Main.refuse("There is no option " + unknown.get() + ".\n\n" + Help.TEXT);
    }
    return switch (args.isEmpty() ? "" : args.getFirst()) {
      case "create" -> create(accounts, keys, args);
      case "limit" -> limit(keys, args);
      case "list" -> list(keys);
      case "revoke" -> revoke(keys, args);
      default -> Main.refuse(Help.TEXT);
    };
  }

  /** A guard rail that is misspelt must not be left out in silence. */
  private static Optional<String> unknown(List<String> args) {
    for (int i = 0; i < args.size(); i++) {
      if (NAMED.contains(args.get(i))) {
        i++;
      } else if (args.get(i).startsWith("--") && !SWITCHES.contains(args.get(i))) {
        return Optional.of(args.get(i));
      }
    }
    return Optional.empty();
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
    var rails = rails(args);
    if (rails.isEmpty()) {
      return Main.refuse(NO_NUMBER);
    }
    return Main.say(keys.create(account.get().id(), name, scopes, rails.get()));
  }

  private static int limit(ApiKeys keys, List<String> args) {
    var rails = rails(args);
    if (args.size() < 2 || rails.isEmpty()) {
      return Main.refuse(args.size() < 2 ? Help.TEXT : NO_NUMBER);
    }
    return keys.setRails(args.get(1), rails.get())
        ? Main.say("changed: " + words(rails.get()))
        : Main.refuse("There is no active key " + args.get(1) + ".");
  }

  /** Empty when the number of recipients is none. */
  private static Optional<GuardRails> rails(List<String> args) {
    var recipients = option(args, "--recipients-per-day");
    if (args.contains("--recipients-per-day")
        && recipients.filter(text -> text.matches("\\d{1,12}")).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new GuardRails(
            args.contains("--read-only"),
            args.contains("--dry-run"),
            !args.contains("--no-confirmation"),
            recipients.map(Long::valueOf)));
  }

  private static String words(GuardRails rails) {
    var words = new ArrayList<String>();
    if (rails.readOnly()) {
      words.add("read-only");
    }
    if (rails.dryRun()) {
      words.add("dry-run");
    }
    words.add(rails.confirmSends() ? "sends-confirmed" : "sends-unconfirmed");
    rails.recipientsPerDay().ifPresent(most -> words.add(most + "-recipients-per-day"));
    return String.join(",", words);
  }

  private static int list(ApiKeys keys) {
    for (var key : keys.all()) {
      Main.say(
          "%s  %s  …%s  %-9s  %s  %s  %s"
              .formatted(
                  key.id(),
                  key.account(),
                  key.last4(),
                  key.revokedAt().isPresent() ? "revoked" : "active",
                  key.name(),
                  String.join(",", key.scopes()),
                  words(key.rails())));
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
