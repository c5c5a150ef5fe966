package carillon.people;

import carillon.jsonapi.ApiError;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** How an import of a file is asked for, in words. */
final class ImportOptions {

  /** Targets by header, from {@code Header=target}. */
  static Map<String, String> mapping(Collection<String> words) {
    var mapping = new LinkedHashMap<String, String>();
    for (var word : words) {
      var at = word.lastIndexOf('=');
      if (at <= 0 || mapping.put(word.substring(0, at).strip(), word.substring(at + 1)) != null) {
        throw ApiError.parameter(
            "map", "'" + word + "' is not of the form Header=target, each header once.");
      }
    }
    return mapping;
  }

  static char separator(String word) {
    return switch (word) {
      case "comma", "," -> ',';
      case "semicolon", ";" -> ';';
      case "tab", "\t" -> '\t';
      default -> throw ApiError.parameter("separator", "A separator is comma, semicolon or tab.");
    };
  }

  private ImportOptions() {}
}
