package carillon.jsonapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a query string into a {@link Select}, collecting every fault. */
final class QueryReader {

  private static final Pattern BRACKETS =
      Pattern.compile("(fields|additional-fields|page)\\[(.*)]");

  private final Operation operation;
  private final QueryString query;
  private final CursorCodec cursors;
  private final String account;
  private final List<Fault> faults = new ArrayList<>();

  private Filter filter = Filter.NONE;
  private Operation.Sort sort;
  private String cursorToken;
  private int size;
  private Set<String> include = Set.of();
  private final Map<String, Set<String>> fields = new HashMap<>();
  private final Map<String, Set<String>> additional = new HashMap<>();

  private QueryReader(
      Operation operation,
      QueryString query,
      String cursorToken,
      CursorCodec cursors,
      String account) {
    this.cursorToken = cursorToken;
    this.operation = operation;
    this.query = query;
    this.cursors = cursors;
    this.account = account;
    this.sort = operation.defaultSort();
    this.size =
        switch (operation.paging()) {
          case Paging.None(), Paging.InBody() -> Integer.MAX_VALUE - 1;
          case Paging.Fixed(var fixed) -> fixed;
          case Paging.Sized(var preset, _) -> preset;
        };
  }

  /** {@code cursor} is one that stands elsewhere; empty when there is none. */
  static Select read(
      Operation operation,
      QueryString query,
      String cursor,
      CursorCodec cursors,
      String account,
      List<Fault> faults) {
    var reader = new QueryReader(operation, query, cursor, cursors, account);
    var select = reader.select();
    faults.addAll(reader.faults);
    return select;
  }

  /** What a cursor is bound to: it is worthless for another account, path or order. */
  static String place(String account, String path, Operation.Sort sort) {
    return account + " " + path + " " + (sort.descending() ? "-" : "") + sort.by().name();
  }

  private Select select() {
    var seen = new HashSet<String>();
    for (var parameter : query.parameters()) {
      if (!seen.add(parameter.name())) {
        fault(parameter.name(), "'" + parameter.name() + "' may be given only once.");
      } else if (!BodyReader.storable(parameter.value())
          || !BodyReader.storable(parameter.name())) {
        fault(parameter.name(), "Text must be valid Unicode without null characters.");
      } else {
        read(parameter.name(), parameter.value());
      }
    }
    operation.parameters().stream()
        .filter(one -> one.place() == Parameter.Place.QUERY && one.required())
        .filter(one -> !seen.contains(one.name()))
        .forEach(one -> fault(one.name(), "'" + one.name() + "' is a required parameter."));
    operation
        .filterRequired()
        .filter(field -> filter.valuesOf(field).isEmpty() && faults.isEmpty())
        .ifPresent(field -> fault("filter", "A filter on '" + field + "' is required."));
    return new Select(
        filter, sort.by(), sort.descending(), cursor(), size, include, fields, additional);
  }

  private void read(String name, String value) {
    switch (name) {
      case "filter" -> filter(value);
      case "sort" -> sort(value);
      case "include" -> include(value);
      case "company_id" -> {
        if (!operation.isClient()) {
          unknown(name);
        }
      }
      case "page_cursor" -> cursorParameter(name, value);
      default -> {
        var brackets = BRACKETS.matcher(name);
        if (!brackets.matches()) {
          special(name, value);
          return;
        }
        switch (brackets.group(1)) {
          case "fields" -> fields(name, brackets.group(2), value);
          case "additional-fields" -> additional(name, brackets.group(2), value);
          default -> page(name, brackets.group(2), value);
        }
      }
    }
  }

  private void special(String name, String value) {
    operation.parameters().stream()
        .filter(one -> one.place() == Parameter.Place.QUERY && one.name().equals(name))
        .findFirst()
        .ifPresentOrElse(
            one -> {
              if (!one.words().isEmpty() && !one.words().contains(value)) {
                fault(name, "'" + value + "' is not a valid choice for '" + name + "'.");
              }
            },
            () -> unknown(name));
  }

  private void filter(String value) {
    if (operation.filters().isEmpty()) {
      unknown("filter");
    } else if (!value.isBlank()) {
      filter = FilterParser.parse(value, operation.filters(), faults);
    }
  }

  private void sort(String value) {
    var descending = value.startsWith("-");
    var name = descending ? value.substring(1) : value;
    operation.sorts().stream()
        .filter(by -> by.name().equals(name))
        .findFirst()
        .ifPresentOrElse(
            by -> sort = new Operation.Sort(by, descending),
            () -> {
              if (operation.sorts().isEmpty()) {
                unknown("sort");
              } else {
                fault(
                    "sort", "'" + value + "' is not an allowed sort parameter for this resource.");
              }
            });
  }

  private void include(String value) {
    include = new LinkedHashSet<>();
    for (var name : words(value)) {
      if (operation.includes().contains(name)) {
        include.add(name);
      } else {
        fault("include", "'" + name + "' is not an allowed include parameter for this resource.");
      }
    }
  }

  private void fields(String parameter, String type, String value) {
    var sparse = operation.sparse().stream().filter(one -> one.type().equals(type)).findFirst();
    if (sparse.isEmpty()) {
      unknown(parameter);
      return;
    }
    fields.put(type, checked(parameter, type, value, sparse.get().paths()));
  }

  private void additional(String parameter, String type, String value) {
    var allowed = new LinkedHashSet<String>();
    operation.additional().stream()
        .filter(one -> one.type().equals(type))
        .forEach(one -> allowed.add(one.attribute()));
    if (allowed.isEmpty()) {
      unknown(parameter);
      return;
    }
    additional.put(type, checked(parameter, type, value, allowed));
  }

  private Set<String> checked(String parameter, String type, String value, Set<String> allowed) {
    var names = new LinkedHashSet<String>();
    for (var name : words(value)) {
      if (allowed.contains(name)) {
        names.add(name);
      } else {
        fault(parameter, "'" + name + "' is not a valid field for the resource '" + type + "'.");
      }
    }
    return names;
  }

  private void page(String parameter, String what, String value) {
    switch (what) {
      case "size" -> size(value);
      case "cursor" -> cursorParameter(parameter, value);
      default -> unknown(parameter);
    }
  }

  private void size(String value) {
    switch (operation.paging()) {
      case Paging.None(), Paging.Fixed(_), Paging.InBody() ->
          fault(
              "page[size]",
              "'page_size' is not a valid field for the resource '"
                  + operation.type().name()
                  + "'.");
      case Paging.Sized(_, var max) -> {
        if (value.matches("\\d{1,9}") && between(Integer.parseInt(value), max)) {
          size = Integer.parseInt(value);
        } else {
          fault("page[size]", "Page size must be an integer between 1 and " + max + ".");
        }
      }
    }
  }

  private static boolean between(int wanted, int max) {
    return wanted >= 1 && wanted <= max;
  }

  private void cursorParameter(String parameter, String value) {
    if (operation.paging() instanceof Paging.None) {
      unknown(parameter);
    } else {
      cursorToken = value;
    }
  }

  /** A client may send the whole next link where the cursor belongs. */
  private Optional<Cursor> cursor() {
    if (cursorToken.isEmpty()) {
      return Optional.empty();
    }
    var token =
        cursorToken.contains("://") && cursorToken.contains("?")
            ? inLink(QueryString.parse(cursorToken.substring(cursorToken.indexOf('?') + 1)))
            : cursorToken;
    var cursor = cursors.open(token, place(account, operation.path(), sort));
    if (cursor.isEmpty()) {
      faults.add(Fault.of(Fault.Code.INVALID, "Invalid cursor provided."));
    }
    return cursor;
  }

  private static String inLink(QueryString link) {
    return link.first("page[cursor]").or(() -> link.first("page_cursor")).orElse("");
  }

  private void unknown(String parameter) {
    fault(
        parameter,
        "'"
            + parameter
            + "' is not a valid field for the resource '"
            + operation.type().name()
            + "'.");
  }

  private void fault(String parameter, String detail) {
    faults.add(Fault.parameter(parameter, detail));
  }

  private static List<String> words(String value) {
    return Arrays.stream(value.split(",")).filter(word -> !word.isEmpty()).toList();
  }
}
