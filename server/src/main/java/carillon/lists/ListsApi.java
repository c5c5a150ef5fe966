package carillon.lists;

import static carillon.jsonapi.Op.ANY;
import static carillon.jsonapi.Op.EQUALS;
import static carillon.jsonapi.Op.GREATER_THAN;
import static carillon.jsonapi.RateLimit.L;
import static carillon.jsonapi.RateLimit.M;
import static carillon.jsonapi.RateLimit.XS;

import carillon.accounts.Accounts;
import carillon.flows.Triggers;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Body;
import carillon.jsonapi.Field;
import carillon.jsonapi.Filterable;
import carillon.jsonapi.Operation;
import carillon.jsonapi.OperationBuilder;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Sortable;
import carillon.platform.db.Database;
import carillon.profiles.Profiles;
import carillon.segments.Segments;
import carillon.tags.Tags;
import java.util.List;
import java.util.stream.Stream;

/** The operations on lists themselves. */
public final class ListsApi {

  private static final Field<String> NAME = Schema.text().length(1, 255).as("name");
  private static final Field<String> OPT_IN =
      Schema.choice("double_opt_in", "single_opt_in").as("opt_in_process").nullable();
  private static final Attribute<MailingList> COUNT =
      Attribute.<MailingList>of(
              Schema.whole().as("profile_count").nullable(), list -> list.members().orElse(null))
          .onlyWhenAsked();

  private final Database db;
  private final Lists lists;
  private final Segments segments;
  private final Tags tags;
  private final Accounts accounts;
  private final Triggers<MailingList, ?> triggers;
  private final MembersApi members;
  private final ProfileListsApi ofProfiles;
  private final ResourceType<MailingList> list;

  /**
   * The operations on lists.
   *
   * @param flows what lists start, told by the feature that knows
   */
  public ListsApi(
      Database db,
      Lists lists,
      Profiles profiles,
      Segments segments,
      Tags tags,
      Accounts accounts,
      Relation.Included<MailingList, ?> flows) {
    this.db = db;
    this.lists = lists;
    this.segments = segments;
    this.tags = tags;
    this.accounts = accounts;
    this.triggers =
        new Triggers<>(
            "list",
            request -> lists.store().get(request.account(), request.id()),
            MailingList::id,
            flows);
    this.members = new MembersApi(db, lists, profiles);
    this.ofProfiles = new ProfileListsApi(lists, profiles);
    this.list =
        Lists.LIST.with(
            List.of(
                Relation.many("profiles", "profile"),
                tags.relation(Lists.LIST, "list"),
                triggers.relation()));
  }

  public Stream<Operation> operations() {
    return Stream.of(
            reading(),
            writing(),
            members.operations(),
            ofProfiles.operations(),
            tags.operationsOn("list", lists::check),
            triggers.operations())
        .flatMap(all -> all);
  }

  private Stream<Operation> reading() {
    return Stream.of(
        declared(list.list("get_lists", "/api/lists", "List the lists of the account"), "read")
            .limit(L)
            .filter(
                Filterable.text("name", "l.name").list(ANY, EQUALS),
                Filterable.text("id", "l.id", EQUALS).list(ANY, EQUALS),
                Filterable.moment("created", "l.created_at", GREATER_THAN),
                Filterable.moment("updated", "l.updated_at", GREATER_THAN))
            .sort(
                Sortable.text("id", "l.id"),
                Sortable.text("name", "l.name"),
                Sortable.moment("created", "l.created_at"),
                Sortable.moment("updated", "l.updated_at"))
            .include("flow-triggers", "tags")
            .page(10, 10)
            .to(request -> Reply.rows(lists.store().page(request.account(), request.select()))),
        declared(counted().get("get_list", "/api/lists/{id}", "Get a list"), "read")
            .limit(L)
            .include("flow-triggers", "tags")
            .additional("list", "profile_count")
            .lowered("profile_count", XS)
            .to(this::get));
  }

  private ResourceType<MailingList> counted() {
    var attributes = Stream.concat(list.attributes().stream(), Stream.of(COUNT)).toList();
    return ResourceType.of(list.name(), list.path(), list.id(), attributes).with(list.relations());
  }

  private Reply get(Request request) {
    var found = lists.store().get(request.account(), request.id());
    return Reply.row(
        request.select().wants("list", "profile_count")
            ? found.counted(lists.members().count(request.account(), request.id()))
            : found);
  }

  private Stream<Operation> writing() {
    return Stream.of(
        declared(list.create("create_list", "/api/lists", "Create a list"), "write")
            .limit(M.daily(150))
            .body(Body.of("list").attributes(NAME.required(), OPT_IN))
            .to(this::create),
        declared(list.update("update_list", "/api/lists/{id}", "Rename a list"), "write")
            .limit(M)
            .body(Body.of("list").id().attributes(NAME.nullable(), OPT_IN))
            .to(request ->
                Reply.row(
                    lists
                        .store()
                        .update(
                            request.account(),
                            request.id(),
                            request.find(NAME),
                            request.find(OPT_IN).map(OptIn::of)))),
        declared(list.delete("delete_list", "/api/lists/{id}", "Delete a list"), "write")
            .limit(M)
            .to(this::delete));
  }

  private Reply create(Request request) {
    var account = request.account();
    var optIn =
        request
            .find(OPT_IN)
            .map(OptIn::of)
            .orElseGet(() -> OptIn.of(accounts.get(account).rules().doubleOptIn()));
    return Reply.row(lists.store().create(account, request.get(NAME), optIn));
  }

  private Reply delete(Request request) {
    db.transact(
        Database.Repeat.SAFE,
        tx -> {
          segments.listGone(tx, request.account(), request.id());
          ListStore.delete(tx, request.account(), request.id());
          MemberStore.clear(tx, request.account(), request.id());
          tags.forget(tx, request.account(), "list", request.id());
        });
    return Reply.nothing();
  }

  private static OperationBuilder declared(OperationBuilder operation, String access) {
    return operation.group("Lists").scopes("lists:" + access);
  }
}
