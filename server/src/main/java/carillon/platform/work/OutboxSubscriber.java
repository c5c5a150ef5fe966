package carillon.platform.work;

import carillon.platform.db.Tx;
import java.util.List;
import java.util.Set;

/**
 * Who wants to hear of some kinds of news.
 *
 * @param name for logs and metrics
 * @param kinds of news it is told of
 * @param handler told
 */
public record OutboxSubscriber(String name, Set<String> kinds, Handler handler) {

  /** Copies the kinds. */
  public OutboxSubscriber {
    kinds = Set.copyOf(kinds);
  }

  /** What a subscriber does. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Takes news of one lane, those of a profile in the order they were told. What it writes is
     * committed together with the deletion of the news, so everything inside the transaction
     * happens once; anything outside may happen again and must bear it. A failure rolls all back:
     * the news comes again, alone, later and later, and is set aside in the end.
     */
    void take(Tx tx, List<News> news);
  }
}
