package carillon.profiles;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import java.util.Optional;

/** What became of a part of a request that creates or updates profiles. */
public sealed interface Upserted {

  /** The profile has what the part says; {@code isNew} when it was made just now. */
  record Written(String profileId, boolean isNew) implements Upserted {}

  /** Nothing was changed; the fault is that of a request about this one profile. */
  record Refused(Fault fault) implements Upserted {}

  /** Without a profile the part named only a token or an id that stands for nobody. */
  static Upserted of(Optional<String> profileId, boolean isNew) {
    return profileId
        .<Upserted>map(id -> new Written(id, isNew))
        .orElseGet(() ->
            new Refused(
                ApiError.invalid("/data/attributes/_kx", "'_kx' is not a known exchange token.")
                    .faults()
                    .getFirst()));
  }
}
