package carillon.people;

import carillon.platform.db.Tx;
import carillon.profiles.Erased;

/** Takes people out of the rows that bulk imports refused. */
final class ForgottenImports {

  static int forget(Tx tx, Erased person) {
    return tx.sql(
            """
            delete from import_error e
            where e.account_id = :account and (
              e.payload ->> 'id' = any(:ids)
              or lower(e.payload #>> '{attributes,email}') = any(:emails)
              or e.payload #>> '{attributes,phone_number}' = any(:identifiers)
              or e.payload #>> '{attributes,external_id}' = any(:identifiers))
            """)
        .bind("account", person.account())
        .array("ids", "text", person.ids())
        .array("emails", "text", person.emails())
        .array("identifiers", "text", person.identifiers())
        .run();
  }

  private ForgottenImports() {}
}
