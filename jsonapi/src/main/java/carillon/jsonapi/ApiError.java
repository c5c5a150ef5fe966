package carillon.jsonapi;

import java.util.List;
import java.util.Map;

/**
 * A refusal: thrown by handlers and by the engine, written to JSON:API in one place. It carries all
 * faults of the request; the first decides the status.
 */
public final class ApiError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /** A refusal for all the given faults, of which there is at least one. */
  public ApiError(List<Fault> faults) {
    super(faults.getFirst().detail(), null, false, false);
    this.faults = List.copyOf(faults);
  }

  /** What is wrong, at least one. */
  public List<Fault> faults() {
    return faults;
  }

  /** The HTTP status of the answer. */
  public int status() {
    return faults.getFirst().code().status();
  }

  /** 400 at a place in the body. */
  public static ApiError invalid(String pointer, String detail) {
    return new ApiError(List.of(Fault.at(pointer, detail)));
  }

  /** 400 for a query parameter. */
  public static ApiError parameter(String name, String detail) {
    return new ApiError(List.of(Fault.parameter(name, detail)));
  }

  /** 404 for a resource that is not there, in the sentence the API uses for most of them. */
  public static ApiError missing(String article, String resource, String id) {
    return of(
        Fault.Code.NOT_FOUND, article + " " + resource + " with id " + id + " does not exist.");
  }

  /** 409. */
  public static ApiError conflict(String detail) {
    return of(Fault.Code.CONFLICT, detail);
  }

  /** Any other refusal of the request as a whole. */
  public static ApiError of(Fault.Code code, String detail) {
    return new ApiError(List.of(Fault.of(code, detail)));
  }

  /** 409 for a profile whose identifiers are taken, naming the one that has them. */
  public static ApiError duplicateProfile(String profileId) {
    return new ApiError(
        List.of(
            new Fault(
                Fault.Code.DUPLICATE_PROFILE,
                "A profile already exists with one of these identifiers.",
                new Source.Pointer("/data/attributes"),
                Map.of("duplicate_profile_id", profileId))));
  }
}
