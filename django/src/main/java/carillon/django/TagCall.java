package carillon.django;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tag as it is called: its evaluated arguments.
 *
 * @param arguments those without a name, in order; a missing variable is empty text
 * @param keywords those with a name
 */
public record TagCall(List<Object> arguments, Map<String, Object> keywords, Context context) {

  /** The argument at a position, empty when it is not given or null. */
  public Optional<Object> argument(int index) {
    return index < arguments.size() ? Optional.ofNullable(arguments.get(index)) : Optional.empty();
  }

  /** The text of an argument, empty when it is not given, null or empty. */
  public Optional<String> text(int index) {
    return argument(index).map(this::text).filter(text -> !text.isEmpty());
  }

  /** The text of a named argument, empty when it is not given, null or empty. */
  public Optional<String> text(String keyword) {
    return Optional.ofNullable(keywords.get(keyword))
        .map(this::text)
        .filter(text -> !text.isEmpty());
  }

  /** An argument as markup: escaped, unless it is safe text or no escaping is wanted. */
  String markup(int index, boolean escape) {
    return Html.markup(arguments.get(index), escape, context.meter());
  }

  private String text(Object value) {
    return Text.of(value, context.meter());
  }
}
