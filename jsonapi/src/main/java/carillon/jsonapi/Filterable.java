package carillon.jsonapi;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A field that a collection can be filtered by.
 *
 * @param name as written in a filter, may be dotted
 * @param kind what values it takes
 * @param column SQL expression it is compared with, opaque to the engine
 * @param single operators published for one value
 * @param list operators published for lists; {@code equals} may appear in both
 * @param words the allowed values; empty when any
 */
public record Filterable(
    String name, Kind kind, String column, Set<Op> single, Set<Op> list, List<String> words) {

  /** The kinds of filter values. */
  public enum Kind {
    TEXT,
    NUMBER,
    WHOLE,
    BOOLEAN,
    MOMENT,
    /** Only {@code has(field)}. */
    PRESENCE
  }

  public Filterable {
    single = Set.copyOf(single);
    list = Set.copyOf(list);
    words = List.copyOf(words);
  }

  /** A text field. */
  public static Filterable text(String name, String column, Op... single) {
    return of(name, Kind.TEXT, column, single);
  }

  /** A moment, compared as {@code timestamptz}. */
  public static Filterable moment(String name, String column, Op... single) {
    return of(name, Kind.MOMENT, column, single);
  }

  /** A field of any kind. */
  public static Filterable of(String name, Kind kind, String column, Op... single) {
    return new Filterable(name, kind, column, set(single), Set.of(), List.of());
  }

  /** The same with operators published for lists. */
  public Filterable list(Op... ops) {
    return new Filterable(name, kind, column, single, set(ops), words);
  }

  /** The same, allowing only these values. */
  public Filterable words(String... allowed) {
    return new Filterable(name, kind, column, single, list, List.of(allowed));
  }

  /** The same field of another expression. */
  public Filterable column(String expression) {
    return new Filterable(name, kind, expression, single, list, words);
  }

  boolean allows(Op op) {
    return single.contains(op) || list.contains(op) || (op == Op.HAS && kind == Kind.PRESENCE);
  }

  List<String> allowed() {
    if (kind == Kind.PRESENCE) {
      return List.of(Op.HAS.word());
    }
    var all = EnumSet.noneOf(Op.class);
    all.addAll(single);
    all.addAll(list);
    return all.stream().map(Op::word).sorted().toList();
  }

  private static Set<Op> set(Op... ops) {
    return Set.copyOf(Arrays.asList(ops));
  }
}
