package carillon.segments;

import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import carillon.platform.db.Row;
import carillon.profiles.Identities;
import carillon.profiles.Member;
import carillon.profiles.MemberSearch;
import carillon.profiles.Profiles;
import java.util.function.Function;

/** Who is in which segment, for reading. */
final class MemberStore {

  private static final String FROM =
      """
      from segment s
      join segment_member m on m.account_id = s.account_id and m.segment_id = s.id
        and m.generation = s.generation
      """;
  private static final String WHERE =
      """
      where s.account_id = :account and s.id = :segment
      """;
  private static final String IDS = "select m.profile_id " + FROM + WHERE;
  private static final String MEMBERS =
      "select m.joined_at, "
          + Profiles.COLUMNS
          + FROM
          + """
          join profile p on p.account_id = m.account_id and p.profile_id = m.profile_id
          """
          + WHERE;

  private final Database db;
  private final MemberSearch search;

  MemberStore(Database db, Identities identities) {
    this.db = db;
    this.search = new MemberSearch(db, identities);
  }

  Slice<Member> page(String account, String segment, Select select) {
    return paged(
            MEMBERS,
            row -> new Member(Profiles.read(row), row.instant("joined_at")),
            account,
            segment)
        .page(db, select);
  }

  Slice<String> ids(String account, String segment, Select select) {
    return paged(IDS, row -> row.text("profile_id"), account, segment).page(db, select);
  }

  private <T> Paged<T> paged(
      String query, Function<Row, T> reader, String account, String segment) {
    return search.over(
        new Paged<>(query, "m.profile_id", "text", reader)
            .bind("account", account)
            .bind("segment", segment),
        account);
  }

  long count(String account, String segment) {
    return db.sql("select count(*) as n " + FROM + WHERE)
        .bind("account", account)
        .bind("segment", segment)
        .one(row -> row.number("n"));
  }
}
