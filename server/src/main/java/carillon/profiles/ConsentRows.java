package carillon.profiles;

import carillon.platform.Ids;
import carillon.platform.db.Statement;
import carillon.platform.db.Tx;
import carillon.profiles.Consents.Word;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The rows of tables consent and consent_history. */
final class ConsentRows {

  private static final String WORDS =
      """
      from unnest(:profiles, :channels, :kinds, :ats, :methods, :details, :customs, :optins)
        n (profile, channel, kind, at, method, detail, custom, optin)
      """;

  static void note(Tx tx, String account, List<Word> words, String status, Instant now, Ids ids) {
    bound(
            tx.sql(
                """
                insert into consent as c (account_id, profile_id, channel, kind, status,
                  consented_at, updated_at, method, method_detail, custom_method_detail,
                  double_optin)
                select :account, profile, channel, kind, :status,
                  case when :status = 'SUBSCRIBED' then at end, :now, method, detail, custom,
                  optin
                """
                    + WORDS
                    + """
                    on conflict (account_id, profile_id, channel, kind) do update set
                      status = excluded.status,
                      consented_at = coalesce(excluded.consented_at, c.consented_at),
                      updated_at = excluded.updated_at, method = excluded.method,
                      method_detail = excluded.method_detail,
                      custom_method_detail = excluded.custom_method_detail,
                      double_optin = coalesce(excluded.double_optin, c.double_optin)
                    """),
            account,
            words,
            status)
        .bind("now", now)
        .run();
    bound(
            tx.sql(
                """
                insert into consent_history (account_id, profile_id, id, channel, kind, status, at,
                  method, method_detail, custom_method_detail, double_optin, list_id)
                select :account, profile, id, channel, kind, :status, at, method, detail, custom,
                  optin, list
                from unnest(:profiles, :channels, :kinds, :ats, :methods, :details, :customs,
                    :optins, :ids, :lists)
                  n (profile, channel, kind, at, method, detail, custom, optin, id, list)
                """),
            account,
            words,
            status)
        .array("ids", "text", words.stream().map(_ -> ids.ulid()).toList())
        .array("lists", "text", words.stream().map(Word::listId).toList())
        .run();
  }

  /** Keeps in the history that people were suppressed for a reason, or no longer are. */
  static void noteSuppression(
      Tx tx,
      String account,
      Collection<String> profiles,
      Reason reason,
      String listId,
      String status,
      Instant now,
      Ids ids) {
    if (!profiles.isEmpty()) {
      tx.sql(
              """
              insert into consent_history
                (account_id, profile_id, id, channel, kind, status, reason, at, list_id)
              select :account, profile, id, 'email', 'marketing', :status, :reason, :now,
                nullif(:list, '')
              from unnest(:profiles, :ids) n (profile, id)
              """)
          .bind("account", account)
          .bind("status", status)
          .bind("reason", reason.name())
          .bind("now", now)
          .bind("list", listId)
          .array("profiles", "text", profiles)
          .array("ids", "text", profiles.stream().map(_ -> ids.ulid()).toList())
          .run();
    }
  }

  private static Statement bound(
      Statement statement, String account, List<Word> words, String status) {
    return statement
        .bind("account", account)
        .bind("status", status)
        .array("profiles", "text", words.stream().map(Word::profileId).toList())
        .array("channels", "text", words.stream().map(word -> word.topic().channel()).toList())
        .array("kinds", "text", words.stream().map(word -> word.topic().kind()).toList())
        .array("ats", "timestamptz", words.stream().map(Word::at).toList())
        .array("methods", "text", how(words, Consents.How::method))
        .array("details", "text", how(words, Consents.How::detail))
        .array("customs", "text", how(words, Consents.How::customDetail))
        .array("optins", "boolean", how(words, Consents.How::doubleOptIn));
  }

  private static <T> List<Optional<T>> how(
      List<Word> words, Function<Consents.How, Optional<T>> part) {
    return words.stream().map(word -> part.apply(word.how())).toList();
  }

  private ConsentRows() {}
}
