package carillon.mcp;

import carillon.accounts.ApiKeys;
import carillon.jsonapi.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools of a selection as a key may use them: those its scopes reach, and only the reading ones
 * where nothing may be written. It depends on nothing else, so that lists can be kept by clients.
 */
final class Offer {

  private static final int PAGE = 100;

  private final Toolbox toolbox;
  private final Selection selection;
  private final ApiKeys.AgentKey key;

  Offer(Toolbox toolbox, Selection selection, ApiKeys.AgentKey key) {
    this.toolbox = toolbox;
    this.selection = selection;
    this.key = key;
  }

  /** Whether nothing may be written here. */
  boolean isReadOnly() {
    return selection.readOnly() || key.rails().readOnly();
  }

  /** The tools listed, in an order that does not change. */
  List<Tool> tools() {
    var tools =
        switch (selection.set()) {
          case Selection.Set.Usual() -> toolbox.defaults().stream();
          case Selection.Set.All() -> toolbox.all().stream();
          case Selection.Set.Group(var name) -> toolbox.group(name).stream();
        };
    return tools.filter(this::allowed).toList();
  }

  /** The tools for the words, the best first, listed or not. */
  List<Tool> search(String words) {
    return toolbox.search(words).stream().filter(this::belongs).filter(this::allowed).toList();
  }

  /** Names like one that is unknown. */
  List<String> nearest(String name) {
    return toolbox.nearest(name);
  }

  private boolean allowed(Tool tool) {
    return tool.scopes().stream().allMatch(key.caller()::may)
        && (tool.hints().readOnly() || !isReadOnly());
  }

  /** The tool of a name, also of an older one, whether or not the key may use it. */
  Optional<Tool> find(String name) {
    return toolbox.find(name).filter(this::belongs);
  }

  private boolean belongs(Tool tool) {
    return switch (selection.set()) {
      case Selection.Set.Usual(), Selection.Set.All() -> true;
      case Selection.Set.Group(var name) -> Toolbox.word(tool.group()).equals(name);
    };
  }

  /** Whether a tool of ours, which finds or calls others, is listed here. */
  boolean has(MetaTool tool) {
    return meta().contains(tool);
  }

  /** Where something can reach people, call_tool is there to take the confirmation. */
  private List<MetaTool> meta() {
    if (selection.set() instanceof Selection.Set.Usual) {
      return List.of(MetaTool.values());
    }
    return tools().stream().anyMatch(Tool::reachesPeople) ? List.of(MetaTool.CALL_TOOL) : List.of();
  }

  /**
   * A page of the list.
   *
   * @throws RpcError when the cursor is none of ours
   */
  ObjectNode page(Optional<String> cursor) {
    var all =
        Stream.concat(
                tools().stream().map(Listing::of),
                meta().stream().map(tool -> tool.listing(isReadOnly())))
            .toList();
    var start = cursor.map(given -> after(all, given)).orElse(0);
    var end = Math.min(all.size(), start + PAGE);
    var page = Json.object();
    page.putArray("tools").addAll(all.subList(start, end));
    if (end < all.size()) {
      page.put("nextCursor", cursor(all.get(end - 1)));
    }
    return page;
  }

  private static String cursor(ObjectNode last) {
    var name = last.get("name").stringValue().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(name);
  }

  private static int after(List<ObjectNode> all, String cursor) {
    for (int i = 0; i < all.size(); i++) {
      if (cursor(all.get(i)).equals(cursor)) {
        return i + 1;
      }
    }
    throw new RpcError(RpcError.Kind.INVALID_PARAMS, "The cursor is not one of this list.");
  }
}
