package carillon.lists;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Attribute;
import carillon.jsonapi.Relation;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import carillon.platform.work.Outbox;
import carillon.profiles.Identities;
import carillon.profiles.Profile;
import carillon.tags.Taggable;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists, for the features that use them. */
public final class Lists {

  /** A list as the related resource of others. */
  public static final ResourceType<MailingList> LIST =
      ResourceType.<MailingList>of(
              "list",
              "lists",
              MailingList::id,
              List.of(
                  Attribute.of(Schema.text().as("name").nullable(), MailingList::name),
                  Attribute.of(Schema.moment().as("created").nullable(), MailingList::createdAt),
                  Attribute.of(Schema.moment().as("updated").nullable(), MailingList::updatedAt),
                  Attribute.of(
                      Schema.choice("double_opt_in", "single_opt_in")
                          .as("opt_in_process")
                          .nullable(),
                      list -> list.optIn().word())))
          .with(
              List.of(
                  Relation.many("profiles", "profile"),
                  Relation.many("tags", "tag"),
                  Relation.many("flow-triggers", "flow")));

  private final Database db;
  private final ListStore store;
  private final MemberStore members;

  public Lists(Database db, Clock clock, Ids ids, Identities identities, Outbox outbox) {
    this.db = db;
    this.store = new ListStore(db, clock, ids);
    this.members = new MemberStore(db, clock, identities, outbox);
  }

  ListStore store() {
    return store;
  }

  MemberStore members() {
    return members;
  }

  /** Lists as a kind of resource that can be tagged. */
  public static Taggable taggable(Database db) {
    return (account, ids) -> ListStore.names(db, account, ids).keySet();
  }

  /** Which of the ids belong to lists of the account. */
  public Set<String> existing(String account, Collection<String> ids) {
    return names(account, ids).keySet();
  }

  /** The names of those of the lists that exist, by id. */
  public Map<String, String> names(String account, Collection<String> ids) {
    return ListStore.names(db, account, ids);
  }

  /** The name of a list; empty when there is no such list. */
  public Optional<String> name(String account, String id) {
    return Optional.ofNullable(names(account, List.of(id)).get(id));
  }

  /** The lists a profile is on: their names by id, in the order of ids. */
  public Map<String, String> of(String account, String profile) {
    var names = new LinkedHashMap<String, String>();
    store
        .listsOf(account, List.of(profile))
        .getOrDefault(profile, List.of())
        .forEach(list -> names.put(list.id(), list.name()));
    return names;
  }

  /** The includable relation {@code lists} of profiles. */
  public Relation<Profile> ofProfiles() {
    return Relation.<Profile>many("lists", "list")
        .includable(
            () -> LIST,
            (caller, profiles, _) ->
                store.listsOf(caller.account(), profiles.stream().map(Profile::id).toList()));
  }

  /** Those of the lists that exist, in the order of ids. */
  public List<MailingList> get(String account, Collection<String> ids) {
    return store.get(account, ids);
  }

  /**
   * The only list with an id or a name.
   *
   * @throws ApiError 400 when there is none, or several have the name
   */
  public MailingList one(String account, String idOrName) {
    var found = store.named(account, idOrName);
    if (found.size() != 1) {
      throw ApiError.parameter(
          "list",
          found.isEmpty()
              ? "No list has the id or name '" + idOrName + "'."
              : "Several lists are called '" + idOrName + "'; give the id of one.");
    }
    return found.getFirst();
  }

  /** Keeps a list from being deleted until the transaction ends; false when there is none. */
  public boolean hold(Tx tx, String account, String id) {
    return ListStore.held(tx, account, id).isPresent();
  }

  /** Throws the refusal the API words for a list that is not there. */
  public void check(String account, String id) {
    store.get(account, id);
  }

  /**
   * An SQL query for the {@code profile_id}s on any of some lists, each profile as often as it is
   * on one of them. It names the parameter {@code :account}.
   *
   * @param lists parameter that holds the list ids as {@code text[]}, such as {@code :lists}
   */
  public static String audience(String lists) {
    return "select m.profile_id from list_member m where m.account_id = :account and m.list_id ="
        + " any("
        + lists
        + ")";
  }

  /**
   * The same query for the next of them only, each once and in the order of ids, so that an
   * audience of any size can be walked through.
   *
   * @param after parameter that holds the last id before them
   * @param most parameter that holds how many there may be
   */
  public static String audiencePage(String lists, String after, String most) {
    return """
    select distinct n.profile_id
    from unnest(%s) l (id), lateral (
      select m.profile_id from list_member m
      where m.account_id = :account and m.list_id = l.id and m.profile_id > %s
      order by m.profile_id limit %s) n
    order by 1 limit %3$s
    """
        .formatted(lists, after, most);
  }

  /** Lists as groups of people. */
  public Group group() {
    return new Group() {
      @Override
      public void check(String account, String id) {
        Lists.this.check(account, id);
      }

      @Override
      public String all(String ids) {
        return audience(ids);
      }

      @Override
      public String page(String ids, String after, String most) {
        return audiencePage(ids, after, most);
      }
    };
  }

  /**
   * Adds profiles, which must exist, to a list. Consent is not touched.
   *
   * @param startsFlows whether flows of the list may start for who is new on it
   * @return who was not on it before
   */
  public List<String> add(
      Tx tx, String account, String list, Collection<String> profiles, boolean startsFlows) {
    return members.add(tx, account, list, profiles, startsFlows);
  }

  /**
   * Takes profiles off a list. Consent is not touched.
   *
   * @return who was on it
   */
  public List<String> remove(Tx tx, String account, String list, Collection<String> profiles) {
    return members.remove(tx, account, list, profiles);
  }
}
