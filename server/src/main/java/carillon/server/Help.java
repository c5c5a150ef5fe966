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
             [--read-only] [--dry-run] [--no-confirmation] [--recipients-per-day N]
                                   and what holds for agents that use it
        keys limit ID|LAST4 [--read-only] [--dry-run] [--no-confirmation]
             [--recipients-per-day N]
                                   change what holds for agents; what is not named is taken back
        keys list                  list all keys
        keys revoke ID|LAST4       end a key
        mcp [--url URL] [--set all|GROUP] [--read-only]
                                   serve agents over standard input and output
        import profiles FILE.csv [--list ID|NAME] [--map HEADER=TARGET]... [--separator NAME]
                                   [--dry-run] [--rejects FILE] [WHERE]
                                   take people from a file; docs/people.md tells about columns
        export profiles [--list ID|NAME] [--output FILE.csv] [WHERE]
                                   write all people, or those on a list, to a file
        export person ID|EMAIL|PHONE [--output FILE.json] [WHERE]
                                   write everything known about one person
                                   WHERE is --url URL --key KEY of a running server; without it
                                   it works on the database of the settings [--account ID]
        version                    print the version
        help                       print this

      Settings are environment variables or lines of carillon.properties; docs/settings.md lists them.\
      """;

  private Help() {}
}
