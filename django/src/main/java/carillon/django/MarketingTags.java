package carillon.django;

import java.util.HashMap;
import java.util.Map;

/** The tags of messages that need no store: links, dates of today, names of the message. */
final class MarketingTags {

  private MarketingTags() {}

  static Map<String, TagReader> all() {
    var tags = new HashMap<String, SimpleTag>();
    addLinks(tags);
    addDates(tags);
    addNames(tags);
    tags.put("currency_format", Money::tag);
    tags.put("render_variable", call -> call.argument(0).orElse(""));
    var readers = new HashMap<String, TagReader>();
    tags.forEach((name, tag) -> readers.put(name, CustomTags.simple(tag)));
    return readers;
  }

  private static void addLinks(Map<String, SimpleTag> tags) {
    addLink(tags, "unsubscribe", "Unsubscribe");
    addLink(tags, "manage_preferences", "Manage Preferences");
    addLink(tags, "web_view", "View in browser");
  }

  /** The reserved value {@code links.name} is the address; the bare tag makes a whole link. */
  private static void addLink(Map<String, SimpleTag> tags, String name, String usualText) {
    tags.put(name + "_link", call -> new SafeText(address(call, name)));
    tags.put(
        name,
        call -> {
          var html = call.context().options().html();
          var text = call.text(0).isEmpty() ? usualText : call.markup(0, html);
          var address = address(call, name);
          return new SafeText(
              html ? "<a href=\"" + address + "\">" + text + "</a>" : text + ": " + address);
        });
  }

  private static String address(TagCall call, String name) {
    var context = call.context();
    var address = context.lookup("links." + name).map(a -> Text.of(a, context.meter())).orElse("");
    return context.options().html() ? Html.escape(address) : address;
  }

  private static void addDates(Map<String, SimpleTag> tags) {
    tags.put("current_day", call -> call.context().now().getDayOfMonth());
    tags.put("current_month", call -> call.context().now().getMonthValue());
    tags.put("current_year", call -> call.context().now().getYear());
    tags.put("current_month_name", call -> today(call, "%B"));
    tags.put("current_weekday", call -> today(call, "%A"));
    tags.put("today", call -> today(call, call.text(0).orElse("%Y-%m-%d")));
  }

  private static String today(TagCall call, String format) {
    return Strftime.format(call.context().now(), format, call.context());
  }

  private static void addNames(Map<String, SimpleTag> tags) {
    addName(tags, "message_name", "message.name");
    addName(tags, "message_id", "message.id");
    addName(tags, "message_subject", "message.subject");
    addName(tags, "campaign_name", "campaign.name");
    addName(tags, "campaign_id", "campaign.id");
  }

  private static void addName(Map<String, SimpleTag> tags, String name, String reserved) {
    tags.put(name, call -> call.context().lookup(reserved).orElse(""));
  }
}
