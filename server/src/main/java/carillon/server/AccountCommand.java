package carillon.server;

import carillon.accounts.Account;
import carillon.accounts.AccountSettings;
import carillon.accounts.Accounts;
import carillon.django.Language;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Field;
import carillon.jsonapi.Json;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Source;
import carillon.jsonapi.Values;
import carillon.lists.ConfirmationMails;
import carillon.platform.Ids;
import carillon.platform.Settings;
import carillon.platform.db.Database;
import carillon.templates.Renderer;
import carillon.templates.Templates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code account show|set}, beside a running server or without one. */
final class AccountCommand {

  static int run(Settings settings, List<String> args) {
    try (var db = Database.openBeside(settings, new SimpleMeterRegistry())) {
      return run(db, settings, args);
    }
  }

  static int run(Database db, Settings settings, List<String> args) {
    var clock = Clock.systemUTC();
    var ids = new Ids(clock, new SecureRandom());
    var accounts = new Accounts(db, clock, ids, List.of());
    var words = new ArrayList<>(args);
    var account = named(words).map(accounts::find).orElseGet(() -> only(accounts));
    if (account.isEmpty()) {
      return Main.refuse("Which account? Name one that is there with --account ID.");
    }
    return switch (words.isEmpty() ? "" : words.removeFirst()) {
      case "show" -> show(account.get());
      case "set" -> set(settings(db, clock, ids, accounts, settings), account.get(), words);
      default -> Main.refuse(Help.TEXT);
    };
  }

  private static AccountSettings settings(
      Database db, Clock clock, Ids ids, Accounts accounts, Settings settings) {
    var mails =
        new ConfirmationMails(
            new Templates(db, clock, ids, (_, _, _) -> List.of()),
            new Renderer(Language.marketing(), clock),
            settings.publicUrl(settings.port()).toString());
    return new AccountSettings(accounts, mails::faults);
  }

  private static Optional<String> named(List<String> args) {
    var at = args.indexOf("--account");
    if (at < 0 || at + 1 == args.size()) {
      return Optional.empty();
    }
    args.remove(at);
    return Optional.of(args.remove(at));
  }

  private static Optional<Account> only(Accounts accounts) {
    var all = accounts.all();
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  private static int show(Account account) {
    AccountSettings.of(account)
        .properties()
        .forEach(one -> Main.say(one.getKey() + "=" + one.getValue().asString("")));
    return 0;
  }

  private static int set(AccountSettings settings, Account account, List<String> words) {
    var wanted = Json.object();
    for (var word : words) {
      var parts = word.split("=", 2);
      if (parts.length < 2) {
        return Main.refuse("'" + word + "' is not of the form NAME=VALUE.");
      }
      put(wanted, parts[0], parts[1]);
    }
    var faults = AccountSettings.SHAPE.faults(wanted);
    if (wanted.isEmpty() || !faults.isEmpty()) {
      return wanted.isEmpty() ? Main.refuse(Help.TEXT) : refuse(faults);
    }
    try {
      return show(settings.change(account.id(), new Values(wanted)));
    } catch (ApiError e) {
      return refuse(e.faults());
    }
  }

  /** A value in the shape of its setting; what can be null is cleared by an empty one. */
  private static void put(ObjectNode wanted, String name, String value) {
    var field = AccountSettings.SHAPE.field(name);
    if (value.isEmpty() && field.filter(Field::isNullable).isPresent()) {
      wanted.putNull(name);
    } else if (field.map(Field::schema).filter(Schema.Text.class::isInstance).isPresent()) {
      wanted.put(name, value);
    } else if (value.equals("true") || value.equals("false")) {
      wanted.put(name, Boolean.parseBoolean(value));
    } else if (value.matches("-?\\d{1,9}")) {
      wanted.put(name, Integer.parseInt(value));
    } else {
      wanted.put(name, value);
    }
  }

  private static int refuse(List<Fault> faults) {
    return Main.refuse(
        faults.stream()
            .map(AccountCommand::told)
            .reduce((one, other) -> one + "\n" + other)
            .orElseThrow());
  }

  private static String told(Fault fault) {
    return switch (fault.source()) {
      case Source.Pointer(var pointer) ->
          pointer.substring(pointer.lastIndexOf('/') + 1) + ": " + fault.detail();
      case Source.Parameter(var name) -> name + ": " + fault.detail();
    };
  }

  private AccountCommand() {}
}
