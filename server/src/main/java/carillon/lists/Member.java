package carillon.lists;

import carillon.profiles.Profile;
import java.time.Instant;

/** A profile on a list, and since when. */
record Member(Profile profile, Instant joinedAt) {

  Member with(Profile told) {
    return new Member(told, joinedAt);
  }
}
