package carillon.delivery;

import java.util.List;

/** What somebody receives: marketing mails at all, and the lists they are on. */
public record Preferences(boolean email, List<Choice> lists) {

  public Preferences {
    lists = List.copyOf(lists);
  }

  /** A list and whether they are on it. */
  public record Choice(String list, String name, boolean on) {}
}
