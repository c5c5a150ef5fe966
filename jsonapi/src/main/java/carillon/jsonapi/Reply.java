package carillon.jsonapi;

import java.util.List;
import java.util.Optional;

/** What a handler may answer; refusals are thrown as {@link ApiError}. */
public sealed interface Reply {

  /** A page of rows of the operation's type. */
  record Rows(Slice<?> slice) implements Reply {}

  /** A row of the operation's type. */
  record Row(Object row) implements Reply {}

  /** A row that was there already, for operations that create or update. */
  record Existing(Object row) implements Reply {}

  /** A to-one relation without a target. */
  record NoRow() implements Reply {}

  /** A page of a report: a row of the operation's type, and where its neighbours are. */
  record Report(Object row, Optional<Cursor> next, Optional<Cursor> prev) implements Reply {}

  /** Ids of related resources. */
  record Ids(Slice<String> slice) implements Reply {}

  /** The id of a related resource, or none. */
  record Id(Optional<String> id) implements Reply {}

  /** Nothing to tell. */
  record Nothing() implements Reply {}

  /** A page of rows. */
  static Reply rows(Slice<?> slice) {
    return new Rows(slice);
  }

  /** All rows of a collection that is not paged. */
  static Reply rows(List<?> rows) {
    return new Rows(Slice.all(rows));
  }

  /** One row. */
  static Reply row(Object row) {
    return new Row(row);
  }

  /** One row, or the null document of an empty to-one relation. */
  static Reply rowOrNull(Optional<?> row) {
    return row.<Reply>map(Row::new).orElseGet(NoRow::new);
  }

  /** All ids of a relation that is not paged. */
  static Reply ids(List<String> ids) {
    return new Ids(Slice.all(ids));
  }

  /** The id of a related resource. */
  static Reply id(Object id) {
    return new Id(Optional.of(id.toString()));
  }

  /** Nothing. */
  static Reply nothing() {
    return new Nothing();
  }
}
