package carillon.django;

/** Reads one kind of tag, with its body if it has one. */
@FunctionalInterface
interface TagReader {

  Node read(Parser parser, Tag tag);
}
