package carillon.jsonapi;

/** The few forms an answer can take. */
public sealed interface Shape {

  /** A collection of resources, 200. */
  record Many() implements Shape {}

  /** A resource, 200. */
  record One() implements Shape {}

  /** A page of something computed, which cannot be read again at an address of its own, 200. */
  record Report() implements Shape {}

  /** Ids of related resources, 200. */
  record Linkages() implements Shape {}

  /** The id of a related resource, 200. */
  record Linkage() implements Shape {}

  /** A new resource, 201. */
  record Created() implements Shape {}

  /** A resource, 201 when new, 200 when it was there. */
  record Upserted() implements Shape {}

  /** A job, 202. */
  record Started() implements Shape {}

  /** Taken, 202, without a document. */
  record Accepted() implements Shape {}

  /** Done, 204. */
  record NoContent() implements Shape {}

  /** The status of a success. */
  default int status() {
    return switch (this) {
      case Many _, One _, Report _, Linkages _, Linkage _ -> 200;
      case Created _, Upserted _ -> 201;
      case Started _, Accepted _ -> 202;
      case NoContent _ -> 204;
    };
  }

  /** Whether the answer has a document with attributes. */
  default boolean hasResource() {
    return switch (this) {
      case Many _, One _, Report _, Created _, Upserted _, Started _ -> true;
      case Linkages _, Linkage _, Accepted _, NoContent _ -> false;
    };
  }
}
