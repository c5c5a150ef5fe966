package carillon.profiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a request with what identifies its person, best first.
 *
 * @param id the profile named by id
 * @param own identifiers that the profile is to have
 * @param claimed whether somebody without a key says so
 */
record Named(
    Optional<String> id,
    List<Identifier> best,
    List<Identifier> own,
    ProfileChanges changes,
    boolean claimed) {

  static Named of(ProfilePart part, Optional<String> tokenOf) {
    var best = new ArrayList<Identifier>();
    var own = new ArrayList<Identifier>();
    part.id().ifPresent(id -> best.add(Identifier.profileId(id)));
    part.externalId().ifPresent(id -> own.add(new Identifier(Identifier.Kind.EXTERNAL_ID, id)));
    part.email().ifPresent(email -> own.add(Identifier.email(email)));
    part.phoneNumber()
        .ifPresent(number -> own.add(new Identifier(Identifier.Kind.PHONE_NUMBER, number)));
    best.addAll(own);
    tokenOf.ifPresent(id -> best.add(Identifier.profileId(id)));
    part.anonymousId()
        .map(id -> new Identifier(Identifier.Kind.ANONYMOUS_ID, id))
        .ifPresent(identifier -> {
          best.add(identifier);
          own.add(identifier);
        });
    return new Named(part.id(), best, own, part.changes(), part.claimed());
  }
}
