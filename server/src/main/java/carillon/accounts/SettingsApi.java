package carillon.accounts;

import static carillon.jsonapi.RateLimit.S;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Body;
import carillon.jsonapi.Caller;
import carillon.jsonapi.Field;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Reply;
import carillon.jsonapi.ResourceType;
import java.util.stream.Stream;

/** Our own operations on the settings of the account a key belongs to. */
public final class SettingsApi {

  private static final String PATH = "/carillon/account";

  /** Without an address of its own: there is one for each key. */
  private static final ResourceType<Account> SETTINGS =
      ResourceType.of(
          "account-settings",
          "",
          Account::id,
          AccountSettings.FIELDS.stream().<Attribute<Account>>map(SettingsApi::told).toList());

  private final Accounts accounts;
  private final AccountSettings settings;

  public SettingsApi(Accounts accounts, AccountSettings settings) {
    this.accounts = accounts;
    this.settings = settings;
  }

  public Stream<Operation> operations() {
    return Stream.of(
        own(SETTINGS.get("get_account_settings", PATH, "Get the settings of the account"))
            .scopes("accounts:read")
            .to(request -> Reply.row(accounts.get(request.account()))),
        own(SETTINGS.update("update_account_settings", PATH, "Change settings of the account"))
            .scopes(Caller.EVERYTHING)
            .body(
                Body.of("account-settings")
                    .attributes(AccountSettings.FIELDS.toArray(Field<?>[]::new)))
            .to(request -> Reply.row(settings.change(request.account(), request.attributes()))));
  }

  private static OperationBuilder own(OperationBuilder operation) {
    return operation.group("Carillon").limit(S);
  }

  private static Attribute<Account> told(Field<?> field) {
    return Attribute.of(field, account -> AccountSettings.of(account).get(field.name()));
  }
}
