package carillon.profiles;

import static carillon.jsonapi.Op.ANY;
import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.Op.GREATER_OR_EQUAL;
import static carillon.jsonapi.Op.GREATER_THAN;
import static carillon.jsonapi.Op.LESS_OR_EQUAL;
import static carillon.jsonapi.Op.LESS_THAN;

import carillon.jsonapi.Filter;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Sortable;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The filters and the order that members of any group have in common. The query they are added to
 * calls the group's row {@code m}, with columns profile_id and joined_at, and binds {@code
 * :account}.
 */
public final class MemberSearch {

  /** By what members can be found. */
  public static final List<Filterable> FILTERS =
      List.of(
          Filterable.text("email", "email").list(ANY, EQUALS),
          Filterable.text("phone_number", "phone_number").list(ANY, EQUALS),
          Filterable.text("push_token", "push_token").list(ANY, EQUALS),
          Filterable.text("_kx", "_kx", EQUALS),
          Filterable.moment(
              "joined_group_at",
              "m.joined_at",
              GREATER_OR_EQUAL,
              GREATER_THAN,
              LESS_OR_EQUAL,
              LESS_THAN));

  /** The only order of members. */
  public static final Sortable BY_JOINING = Sortable.moment("joined_group_at", "m.joined_at");

  private final Database db;
  private final Identities identities;

  public MemberSearch(Database db, Identities identities) {
    this.db = db;
    this.identities = identities;
  }

  /** Adds the treatment of the filters to a page of members. */
  public <T> Paged<T> over(Paged<T> members, String account) {
    return members
        .treat("email", (comparison, bound) -> named("email", Emails::tidy, comparison, bound))
        .treat(
            "phone_number",
            (comparison, bound) -> named("phone_number", PhoneNumbers::tidy, comparison, bound))
        .treat("push_token", MemberSearch::reached)
        .treat("_kx", (comparison, bound) -> exchanged(account, comparison, bound));
  }

  private static String named(
      String kind, UnaryOperator<String> tidy, Filter comparison, Paged.Binder binder) {
    var values =
        comparison.valuesOf(kind).stream().map(value -> tidy.apply(value.toString())).toList();
    return """
    m.profile_id in (select i.profile_id from profile_identifier i
      where i.account_id = :account and i.kind = '%s' and i.value = any(%s))
    """
        .formatted(kind, binder.bind(values));
  }

  private static String reached(Filter comparison, Paged.Binder binder) {
    return """
    m.profile_id in (select t.profile_id from push_token t
      where t.account_id = :account and t.token = any(%s))
    """
        .formatted(binder.bind(comparison.valuesOf("push_token")));
  }

  private String exchanged(String account, Filter comparison, Paged.Binder binder) {
    var profiles =
        comparison.valuesOf("_kx").stream()
            .flatMap(token -> identities.byToken(db, account, token.toString()).stream())
            .toList();
    return "m.profile_id = any(" + binder.bind(profiles) + ")";
  }
}
