package carillon.django;

import java.util.List;

/** The filter {@code unordered_list}: a list of texts and lists as nested list items. */
final class UnorderedList {

  private final StringBuilder out = new StringBuilder();
  private final Context context;

  private UnorderedList(Context context) {
    this.context = context;
  }

  static Object apply(Object value, Object none, Context context) {
    var list = new UnorderedList(context);
    list.items(Values.elements(value, context.meter()), 1);
    return new SafeText(list.out.toString());
  }

  private void items(List<?> items, int depth) {
    context.meter().depth(depth);
    for (var i = 0; i < items.size(); i++) {
      context.meter().iteration();
      context.meter().length(out.length());
      var indent = "\t".repeat(depth);
      out.append(out.isEmpty() ? "" : "\n").append(indent).append("<li>");
      out.append(Html.markup(items.get(i), context.escaping(), context.meter()));
      if (i + 1 < items.size() && items.get(i + 1) instanceof List<?> inner) {
        out.append('\n').append(indent).append("<ul>");
        items(inner, depth + 1);
        out.append('\n').append(indent).append("</ul>\n").append(indent);
        i++;
      }
      out.append("</li>");
    }
  }
}
