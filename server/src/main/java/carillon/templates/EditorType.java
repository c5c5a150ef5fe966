package carillon.templates;

import java.util.Optional;
import java.util.stream.Stream;

/** What a template was made with, which decides what it is made of. */
public enum EditorType {
  /** HTML written by hand. */
  CODE,
  /** HTML with regions that an editor can move. */
  USER_DRAGGABLE,
  /** Blocks, of which the HTML is made. */
  SYSTEM_DRAGGABLE;

  static Optional<EditorType> of(String word) {
    return Stream.of(values()).filter(type -> type.name().equals(word)).findFirst();
  }
}
