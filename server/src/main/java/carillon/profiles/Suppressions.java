package carillon.profiles;

import carillon.platform.db.Queries;
import java.util.Collection;
import java.util.List;

/** The rows of table suppression. */
final class Suppressions {

  static final String[] REASONS = {
    "HARD_BOUNCE", "INVALID_EMAIL", "SPAM_COMPLAINT", "UNSUBSCRIBE", "USER_SUPPRESSED"
  };

  static List<Suppression> of(Queries db, String account, Collection<String> ids) {
    return db.sql(
            """
            select profile_id, reason, list_id, at from suppression
            where account_id = :account and profile_id = any(:ids)
            order by profile_id, list_id, at, reason
            """)
        .bind("account", account)
        .array("ids", "text", ids)
        .list(Suppression::read);
  }

  private Suppressions() {}
}
