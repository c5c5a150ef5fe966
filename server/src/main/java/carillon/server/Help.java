package carillon.server;

/** What {@code ./carillon help} prints. */
final class Help {

  static final String TEXT =
      """
      carillon COMMAND

        demo                       start with a small invented shop, made on the first start
        serve                      start the server
        account show [--account ID]
                                   print the settings of an account
        account set NAME=VALUE... [--account ID]
                                   change them; docs/settings.md lists them
        keys create [--account ID] [--name NAME] [--scopes a:read,b:write]
                                   make a private key; without scopes it may do everything
        keys list                  list all keys
        keys revoke ID|LAST4       end a key
        version                    print the version
        help                       print this

      Settings are environment variables or lines of carillon.properties; docs/settings.md lists them.\
      """;

  private Help() {}
}
