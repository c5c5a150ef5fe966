package carillon.accounts;

import static carillon.jsonapi.RateLimit.XS;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Field;
import carillon.jsonapi.Json;
import carillon.jsonapi.Operation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations on accounts: a key sees its own, read-only. */
public final class AccountsApi {

  private static final Schema.Struct STREET_ADDRESS =
      Schema.struct(
          "StreetAddress",
          nullableText("address1"),
          nullableText("address2"),
          Schema.text().as("city").required(),
          nullableText("region"),
          nullableText("country"),
          nullableText("zip"));

  private static final Schema.Struct CONTACT =
      Schema.struct(
          "ContactInformation",
          Schema.text().as("default_sender_name").required(),
          Schema.text().as("default_sender_email").required(),
          nullableText("website_url"),
          Schema.text().as("organization_name").required(),
          STREET_ADDRESS.as("street_address").required());

  private static final ResourceType<Account> ACCOUNT =
      ResourceType.of(
          "account",
          "accounts",
          Account::id,
          List.of(
              Attribute.of(Schema.bool().as("test_account").required(), Account::testAccount),
              Attribute.of(CONTACT.as("contact_information").required(), AccountsApi::contact),
              Attribute.of(nullableText("industry"), account -> orNull(account.industry())),
              Attribute.of(
                  Schema.text().as("timezone").required(), account -> account.timezone().getId()),
              Attribute.of(Schema.text().as("preferred_currency").required(), Account::currency),
              Attribute.of(Schema.text().as("public_api_key").required(), Account::id),
              Attribute.of(Schema.text().as("locale").required(), Account::locale)));

  private final Accounts accounts;

  public AccountsApi(Accounts accounts) {
    this.accounts = accounts;
  }

  public Stream<Operation> operations() {
    return Stream.of(
        ACCOUNT
            .list("get_accounts", "/api/accounts", "Get the account of the key")
            .group("Accounts")
            .scopes("accounts:read")
            .limit(XS)
            .to(request -> Reply.rows(List.of(accounts.get(request.account())))),
        ACCOUNT
            .get("get_account", "/api/accounts/{id}", "Get an account")
            .group("Accounts")
            .scopes("accounts:read")
            .limit(XS)
            .to(this::get));
  }

  private Reply get(Request request) {
    if (!request.id().equals(request.account())) {
      throw ApiError.missing("An", "account", request.id());
    }
    return Reply.row(accounts.get(request.account()));
  }

  private static JsonNode contact(Account account) {
    var contact = Json.object();
    contact.put("default_sender_name", account.sender().name());
    contact.put("default_sender_email", account.sender().email());
    put(contact, "website_url", account.sender().website());
    contact.put("organization_name", account.name());
    var address = contact.putObject("street_address");
    put(address, "address1", account.address().address1());
    put(address, "address2", account.address().address2());
    address.put("city", account.address().city());
    put(address, "region", account.address().region());
    put(address, "country", account.address().country());
    put(address, "zip", account.address().zip());
    return contact;
  }

  private static void put(ObjectNode object, String name, String value) {
    object.put(name, orNull(value));
  }

  private static String orNull(String value) {
    return value.isEmpty() ? null : value;
  }

  private static Field<String> nullableText(String name) {
    return Schema.text().as(name).nullable();
  }
}
