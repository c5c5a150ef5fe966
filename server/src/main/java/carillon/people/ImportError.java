package carillon.people;

import carillon.jsonapi.Fault;
import carillon.jsonapi.Source;
import carillon.platform.db.Row;
import tools.jackson.databind.JsonNode;

/**
 * A row of a bulk import that was refused.
 *
 * @param payload the row as it came
 */
record ImportError(
    String id, String code, String title, String detail, String pointer, JsonNode payload) {

  private static final String ROWS = "/data/attributes/profiles/data/";

  /** The fault of a row, at a place counted from 0. */
  static ImportError of(String id, int place, Fault fault, JsonNode payload) {
    return new ImportError(
        id,
        fault.code().word(),
        fault.code().title(),
        fault.detail(),
        ROWS + place + below(fault.source()),
        payload);
  }

  /** What follows /data in the pointer of a request about one profile. */
  private static String below(Source source) {
    return switch (source) {
      case Source.Pointer(var path) -> path.replaceFirst("^/data", "").replaceFirst("/$", "");
      case Source.Parameter _ -> "";
    };
  }

  static ImportError read(Row row) {
    return new ImportError(
        row.text("id"),
        row.text("code"),
        row.text("title"),
        row.text("detail"),
        row.text("pointer"),
        row.json("payload"));
  }
}
