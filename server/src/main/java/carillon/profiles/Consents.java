package carillon.profiles;

import carillon.platform.db.Queries;
import java.util.Collection;
import java.util.List;

/** Who has agreed to be written to, and who must not be. */
public final class Consents {

  static List<Standing> standings(Queries db, String account, Collection<String> ids) {
    return db.sql(
            """
            select profile_id, channel, kind, status, consented_at, updated_at, method,
              method_detail, custom_method_detail, double_optin
            from consent where account_id = :account and profile_id = any(:ids)
            """)
        .bind("account", account)
        .array("ids", "text", ids)
        .list(Standing::read);
  }

  private Consents() {}
}
