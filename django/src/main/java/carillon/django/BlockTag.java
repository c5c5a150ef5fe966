package carillon.django;

/** What a tag does with its body. */
@FunctionalInterface
public interface BlockTag {

  void render(TagCall call, Body body);
}
