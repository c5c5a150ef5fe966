package carillon.django;

import java.util.ArrayList;
import java.util.List;

/** Finds text in text in linear time, whatever the texts are made of. */
final class Search {

  private static final long SMALL = 1_000_000;

  private Search() {}

  static int indexOf(String text, String part, int from, Meter meter) {
    meter.work((text.length() - from) >> 6);
    if ((long) text.length() * part.length() <= SMALL || part.length() == 1) {
      return text.indexOf(part, from);
    }
    return search(text, part, from, fallbacks(part));
  }

  private static int search(String text, String part, int from, int[] fallbacks) {
    var matched = 0;
    for (var at = from; at < text.length(); at++) {
      while (matched > 0 && text.charAt(at) != part.charAt(matched)) {
        matched = fallbacks[matched - 1];
      }
      if (text.charAt(at) == part.charAt(matched)) {
        matched++;
      }
      if (matched == part.length()) {
        return at - matched + 1;
      }
    }
    return -1;
  }

  /** For every beginning of the part: how much of it is again a beginning. */
  private static int[] fallbacks(String part) {
    var fallbacks = new int[part.length()];
    var matched = 0;
    for (var at = 1; at < part.length(); at++) {
      while (matched > 0 && part.charAt(at) != part.charAt(matched)) {
        matched = fallbacks[matched - 1];
      }
      if (part.charAt(at) == part.charAt(matched)) {
        matched++;
      }
      fallbacks[at] = matched;
    }
    return fallbacks;
  }

  /** Every place of the part, not overlapping, at most so many. */
  private static List<Integer> places(String text, String part, int most, Meter meter) {
    var places = new ArrayList<Integer>();
    var small = (long) text.length() * part.length() <= SMALL || part.length() == 1;
    var fallbacks = small ? new int[0] : fallbacks(part);
    meter.work((text.length() + part.length()) >> 5);
    var at = 0;
    while (at >= 0 && places.size() < most) {
      at = small ? text.indexOf(part, at) : search(text, part, at, fallbacks);
      if (at >= 0) {
        places.add(at);
        at += part.length();
      }
    }
    meter.text(places.size());
    return places;
  }

  static String replace(String text, String part, String by, int most, Meter meter) {
    if (part.isEmpty()) {
      return text;
    }
    var places = places(text, part, most, meter);
    meter.length(text.length() + (long) places.size() * (by.length() - part.length()));
    var out = new StringBuilder();
    var start = 0;
    for (var place : places) {
      out.append(text, start, place).append(by);
      start = place + part.length();
    }
    return out.append(text, start, text.length()).toString();
  }

  static List<Object> split(String text, String part, Meter meter) {
    var pieces = new ArrayList<>();
    var start = 0;
    for (var place : places(text, part, Integer.MAX_VALUE, meter)) {
      pieces.add(text.substring(start, place));
      start = place + part.length();
    }
    pieces.add(text.substring(start));
    meter.text(text.length() + 16L * pieces.size());
    return pieces;
  }
}
