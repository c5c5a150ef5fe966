package carillon.people;

import java.util.regex.Pattern;

/**
 * Keeps spreadsheets from taking cells for formulas: what begins like one gets an apostrophe before
 * it, which importing takes off again. Plain numbers, also those of telephones, are no formulas.
 */
final class Formulas {

  private static final Pattern LIKE_ONE = Pattern.compile("'*[=+\\-@\\t\\r].*", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

  /** A cell as it is written. */
  static String guarded(String cell) {
    return isHarmless(cell) || !LIKE_ONE.matcher(cell).matches() ? cell : "'" + cell;
  }

  /** A cell as it was before it was written. */
  static String plain(String cell) {
    return !cell.isEmpty() && cell.charAt(0) == '\'' && LIKE_ONE.matcher(cell).matches()
        ? cell.substring(1)
        : cell;
  }

  private static boolean isHarmless(String cell) {
    return cell.isEmpty()
        || Character.isLetterOrDigit(cell.charAt(0))
        || NUMBER.matcher(cell).matches();
  }

  private Formulas() {}
}
