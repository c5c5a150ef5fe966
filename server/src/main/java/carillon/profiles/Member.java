package carillon.profiles;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Select;
import carillon.jsonapi.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A profile in a list or segment, and since when. */
public record Member(Profile profile, Instant joinedAt) {

  /** A profile that also tells when it joined. */
  public static final ResourceType<Member> TYPE =
      Profiles.type(
          Member::profile,
          List.of(
              Attribute.of(Schema.moment().as("joined_group_at").required(), Member::joinedAt)));

  /** The page with what was asked for of the members' subscriptions. */
  public static Slice<Member> told(
      Profiles profiles, String account, Slice<Member> page, Select select) {
    var found = page.rows().stream().map(Member::profile).toList();
    var told = profiles.told(account, found, select);
    var members = new ArrayList<Member>(told.size());
    for (int i = 0; i < told.size(); i++) {
      members.add(new Member(told.get(i), page.rows().get(i).joinedAt()));
    }
    return new Slice<>(members, page.next(), page.prev());
  }
}
