package carillon.profiles;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What becomes of a part whose identifiers belong to different profiles. */
enum Contradictions {
  /** The best identifier decides; those of others are left alone. */
  BORNE,
  /** The part is refused. */
  REFUSED;

  /** Why a part is refused, given the owner it leads to and the owners of identifiers. */
  Optional<Fault> refusal(Named part, Optional<String> owner, Map<Identifier, String> owners) {
    return switch (this) {
      case BORNE -> Optional.empty();
      case REFUSED -> contradiction(part, owner, owners);
    };
  }

  /** Somebody named by id is told as not found, others as a duplicate, as with single profiles. */
  private static Optional<Fault> contradiction(
      Named part, Optional<String> owner, Map<Identifier, String> owners) {
    var named = part.id().map(Identifier::profileId);
    if (named.isPresent()) {
      var living = Optional.ofNullable(owners.get(named.get()));
      return living.isEmpty() || stranger(part, living, owners).isPresent()
          ? part.id().map(Profiles::missing).map(Contradictions::fault)
          : Optional.empty();
    }
    return stranger(part, owner, owners).map(ApiError::duplicateProfile).map(Contradictions::fault);
  }

  private static Optional<String> stranger(
      Named part, Optional<String> owner, Map<Identifier, String> owners) {
    return part.own().stream()
        .filter(identifier -> identifier.kind() != Identifier.Kind.ANONYMOUS_ID)
        .map(owners::get)
        .filter(Objects::nonNull)
        .filter(other -> !owner.equals(Optional.of(other)))
        .findFirst();
  }

  private static Fault fault(ApiError error) {
    return error.faults().getFirst();
  }
}
