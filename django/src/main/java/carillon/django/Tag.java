package carillon.django;

import java.util.List;

/** A tag of the source: its name and the words after it. */
record Tag(Word command, List<Word> arguments, int end) {

  static Tag of(Token token) {
    var words = Word.split(token.content(), token.offset());
    return new Tag(
        words.getFirst(),
        List.copyOf(words.subList(1, words.size())),
        token.offset() + token.content().length());
  }

  String name() {
    return command.text();
  }

  int size() {
    return arguments.size();
  }

  Word argument(int index) {
    return arguments.get(index);
  }

  Word last() {
    return arguments.getLast();
  }

  /** Whether the tag ends in {@code as name}. */
  boolean isNamed() {
    return size() >= 2 && argument(size() - 2).is("as");
  }

  Tag without(int lastWords) {
    return new Tag(command, arguments.subList(0, size() - lastWords), end);
  }
}
