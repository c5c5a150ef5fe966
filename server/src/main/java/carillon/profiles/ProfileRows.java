package carillon.profiles;

import carillon.platform.db.Queries;
import carillon.platform.db.Row;
import carillon.platform.db.Statement;
import carillon.platform.db.Tx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The rows of table profile. */
final class ProfileRows {

  /** The plain attributes; their columns are called the same. */
  static final List<String> TEXTS =
      List.of(
          "email",
          "phone_number",
          "external_id",
          "anonymous_id",
          "first_name",
          "last_name",
          "organization",
          "locale",
          "title",
          "image");

  /**
   * What {@link #read} needs of a profile {@code p}. The newest event is looked up, which its index
   * makes cheap, so that recording events need not touch profiles.
   */
  static final String COLUMNS =
      """
      p.profile_id, %s, p.location, p.properties, p.created_at, p.updated_at,
      (select max(e.at) from event e where e.profile_id = p.profile_id) as last_event_at
      """
          .formatted(TEXTS.stream().map("p."::concat).collect(Collectors.joining(", ")));

  private static final String BY_ID =
      "select " + COLUMNS + " from profile p where p.account_id = :account and p.profile_id = ";

  /** The same without the newest event. */
  static final String PLAIN_COLUMNS =
      """
      p.profile_id, %s, p.location, p.properties, p.created_at, p.updated_at,
      null::timestamptz as last_event_at
      """
          .formatted(TEXTS.stream().map("p."::concat).collect(Collectors.joining(", ")));

  private static final String TO_WRITE =
      "select "
          + PLAIN_COLUMNS
          + """
          from profile p
          where p.account_id = :account and p.profile_id = any(:ids)
          order by p.profile_id for no key update
          """;

  static Profile read(Row row) {
    var texts = new HashMap<String, String>();
    TEXTS.forEach(name -> row.maybeText(name).ifPresent(text -> texts.put(name, text)));
    return new Profile(
        row.text("profile_id"),
        texts,
        (ObjectNode) row.json("location"),
        (ObjectNode) row.json("properties"),
        row.instant("created_at"),
        row.instant("updated_at"),
        row.maybeInstant("last_event_at"),
        Optional.empty());
  }

  static Optional<Profile> find(Queries db, String account, String id) {
    return db.sql(BY_ID + ":id").bind("account", account).bind("id", id).first(ProfileRows::read);
  }

  static Map<String, Profile> byId(Queries db, String account, Collection<String> ids) {
    return keyed(db.sql(BY_ID + "any(:ids)"), account, ids);
  }

  /**
   * Without their newest events, and held against change until the transaction ends, always in the
   * same order.
   */
  static Map<String, Profile> locked(Tx tx, String account, Collection<String> ids) {
    return keyed(tx.sql(TO_WRITE), account, ids);
  }

  private static Map<String, Profile> keyed(
      Statement statement, String account, Collection<String> ids) {
    return ids.isEmpty()
        ? Map.of()
        : statement
            .bind("account", account)
            .array("ids", "text", ids)
            .list(ProfileRows::read)
            .stream()
            .collect(Collectors.toMap(Profile::id, profile -> profile));
  }

  static Set<String> existing(Queries db, String account, Collection<String> ids) {
    return ids.isEmpty()
        ? Set.of()
        : Set.copyOf(
            db.sql(
                    """
                    select profile_id from profile
                    where account_id = :account and profile_id = any(:ids)
                    """)
                .bind("account", account)
                .array("ids", "text", ids)
                .list(row -> row.text("profile_id")));
  }

  static void insert(Tx tx, String account, List<Profile> profiles) {
    if (!profiles.isEmpty()) {
      var names = String.join(", ", TEXTS);
      bound(
              tx.sql(
                  """
                  insert into profile (account_id, profile_id, %1$s, location, properties,
                    created_at, updated_at)
                  select :account, id, %1$s, location, properties, created, updated
                  from unnest(:ids, %2$s, :locations, :properties, :created, :updated)
                    n (id, %1$s, location, properties, created, updated)
                  """
                      .formatted(names, parameters())),
              account,
              profiles)
          .array("created", "timestamptz", profiles.stream().map(Profile::created).toList())
          .run();
    }
  }

  static void update(Tx tx, String account, List<Profile> profiles) {
    if (!profiles.isEmpty()) {
      bound(
              tx.sql(
                  """
                  update profile p set %s, location = n.location, properties = n.properties,
                    updated_at = n.updated
                  from unnest(:ids, %s, :locations, :properties, :updated)
                    n (id, %s, location, properties, updated)
                  where p.account_id = :account and p.profile_id = n.id
                  """
                      .formatted(
                          TEXTS.stream()
                              .map(name -> name + " = n." + name)
                              .collect(Collectors.joining(", ")),
                          parameters(),
                          String.join(", ", TEXTS))),
              account,
              profiles)
          .run();
    }
  }

  static void delete(Tx tx, String account, String id) {
    tx.sql("delete from profile where account_id = :account and profile_id = :id")
        .bind("account", account)
        .bind("id", id)
        .run();
  }

  private static String parameters() {
    return TEXTS.stream().map(":"::concat).collect(Collectors.joining(", "));
  }

  private static Statement bound(Statement statement, String account, List<Profile> profiles) {
    for (var name : TEXTS) {
      statement.array(name, "text", profiles.stream().map(one -> one.text(name)).toList());
    }
    return statement
        .bind("account", account)
        .array("ids", "text", profiles.stream().map(Profile::id).toList())
        .array("locations", "jsonb", profiles.stream().map(Profile::location).toList())
        .array("properties", "jsonb", profiles.stream().map(Profile::properties).toList())
        .array("updated", "timestamptz", profiles.stream().map(Profile::updated).toList());
  }

  private ProfileRows() {}
}
