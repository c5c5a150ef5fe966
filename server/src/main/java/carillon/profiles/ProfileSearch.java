package carillon.profiles;

import carillon.jsonapi.Filter;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Op;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import carillon.jsonapi.Sortable;
import carillon.platform.db.Database;
import carillon.platform.db.Paged;
import java.util.List;
import java.util.function.UnaryOperator;

/** The collection of all profiles with its filters and orders. */
final class ProfileSearch {

  private static final String SUPPRESSIONS = "subscriptions.email.marketing.suppression.";
  private static final String LIST_SUPPRESSIONS =
      "subscriptions.email.marketing.list_suppressions.";

  static final Filterable[] FILTERS = {
    Filterable.text("id", "p.profile_id", Op.EQUALS).list(Op.ANY, Op.EQUALS),
    Filterable.text("email", "p.email", Op.EQUALS).list(Op.ANY, Op.EQUALS),
    Filterable.text("phone_number", "p.phone_number", Op.EQUALS).list(Op.ANY, Op.EQUALS),
    Filterable.text("external_id", "p.external_id", Op.EQUALS).list(Op.ANY, Op.EQUALS),
    Filterable.text("_kx", "p.profile_id", Op.EQUALS),
    Filterable.moment("created", "p.created_at", Op.GREATER_THAN, Op.LESS_THAN),
    Filterable.moment("updated", "p.updated_at", Op.GREATER_THAN, Op.LESS_THAN),
    Filterable.text(LIST_SUPPRESSIONS + "reason", "s.reason", Op.EQUALS),
    Filterable.moment(LIST_SUPPRESSIONS + "timestamp", "s.at", Op.RANGE),
    Filterable.text(LIST_SUPPRESSIONS + "list_id", "s.list_id", Op.EQUALS),
    Filterable.text(SUPPRESSIONS + "reason", "s.reason", Op.EQUALS),
    Filterable.moment(SUPPRESSIONS + "timestamp", "s.at", Op.RANGE)
  };

  static final Sortable[] SORTS = {
    Sortable.text("id", "p.profile_id"),
    Sortable.moment("created", "p.created_at"),
    Sortable.moment("updated", "p.updated_at"),
    Sortable.text("email", "p.email").canBeNull(),
    Sortable.moment(SUPPRESSIONS + "timestamp", "s.at").canBeNull(),
    Sortable.moment(LIST_SUPPRESSIONS + "timestamp", "s.at").canBeNull()
  };

  private final Database db;
  private final Identities identities;

  ProfileSearch(Database db, Identities identities) {
    this.db = db;
    this.identities = identities;
  }

  Slice<Profile> page(String account, Select select) {
    var suppressed = Suppressed.of(select, SUPPRESSIONS, LIST_SUPPRESSIONS);
    var page =
        new Paged<>(
                "select "
                    + ProfileRows.COLUMNS
                    + "\nfrom profile p"
                    + suppressed.join()
                    + "\nwhere p.account_id = :account",
                "p.profile_id",
                "text",
                ProfileRows::read)
            .bind("account", account)
            .treat("email", identified(Identifier.Kind.EMAIL, Emails::tidy))
            .treat("phone_number", identified(Identifier.Kind.PHONE_NUMBER, PhoneNumbers::tidy))
            .treat("external_id", identified(Identifier.Kind.EXTERNAL_ID, id -> id))
            .treat("_kx", token(account));
    suppressed.values().forEach(page::bind);
    return page.page(db, plain(select));
  }

  /** The identifiers' own table has the index, and knows secondary addresses, too. */
  private static Paged.Treatment identified(Identifier.Kind kind, UnaryOperator<String> tidy) {
    return (comparison, binder) ->
        """
        p.profile_id in (
          select i.profile_id from profile_identifier i
          where i.account_id = :account and i.kind = '%s' and i.value = any(%s))
        """
            .formatted(kind.word(), binder.bind(values(comparison, tidy)));
  }

  private static List<String> values(Filter comparison, UnaryOperator<String> tidy) {
    return comparison.valuesOf(Filter.fieldOf(comparison)).stream()
        .map(value -> tidy.apply(value.toString()))
        .toList();
  }

  private Paged.Treatment token(String account) {
    return (comparison, binder) ->
        "p.profile_id = "
            + binder.bind(
                identities
                    .byToken(db, account, values(comparison, value -> value).getFirst())
                    .orElse(""));
  }

  private static Select plain(Select select) {
    return new Select(
        select.filter().only(name -> !name.startsWith("subscriptions.")),
        select.sort(),
        select.descending(),
        select.cursor(),
        select.size(),
        select.include(),
        select.fields(),
        select.additional());
  }
}
