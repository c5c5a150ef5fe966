package carillon.jsonapi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A relation of a resource to others.
 *
 * @param name on the wire
 * @param target type word of the related resources
 * @param many whether there can be several
 * @param inline the related ids of a row when they are always told; empty when only on include
 * @param included how to include the related resources; empty when they cannot be
 * @param linked whether links are told
 * @param related whether only the {@code related} link exists
 * @param told whether it stands among the relationships; if not, it can only be included
 */
public record Relation<T>(
    String name,
    String target,
    boolean many,
    Optional<Function<T, List<String>>> inline,
    Optional<Included<T, ?>> included,
    boolean linked,
    boolean related,
    boolean told) {

  /**
   * How related resources are brought along.
   *
   * @param type of the related resources
   * @param loader finds them for many rows at once
   */
  public record Included<T, R>(Supplier<ResourceType<R>> type, Loader<T, R> loader) {}

  /**
   * Finds the related resources of many rows at once, by row id. Rows without any may be absent.
   */
  public interface Loader<T, R> {
    Map<String, List<R>> load(Caller caller, Collection<T> rows, Select select);
  }

  /** A relation to several resources. */
  public static <T> Relation<T> many(String name, String target) {
    return new Relation<>(
        name, target, true, Optional.empty(), Optional.empty(), true, false, true);
  }

  /** A relation to one resource. */
  public static <T> Relation<T> one(String name, String target) {
    return new Relation<>(
        name, target, false, Optional.empty(), Optional.empty(), true, false, true);
  }

  /** The same relation whose ids are always told. */
  public Relation<T> inlined(Function<T, List<String>> ids) {
    return new Relation<>(name, target, many, Optional.of(ids), included, linked, related, told);
  }

  /** The same relation that can be included. */
  public <R> Relation<T> includable(Supplier<ResourceType<R>> type, Loader<T, R> loader) {
    return new Relation<>(
        name,
        target,
        many,
        inline,
        Optional.of(new Included<>(type, loader)),
        linked,
        related,
        told);
  }

  /** The same relation told without links. */
  public Relation<T> withoutLinks() {
    return new Relation<>(name, target, many, inline, included, false, related, told);
  }

  /** The same relation whose only link is to the related resources. */
  public Relation<T> relatedOnly() {
    return new Relation<>(name, target, many, inline, included, linked, true, told);
  }

  /** The same relation that does not stand among the relationships, as published. */
  public Relation<T> untold() {
    return new Relation<>(name, target, many, inline, included, linked, related, false);
  }
}
