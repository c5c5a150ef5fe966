package carillon.platform.work;

import java.util.Collection;
import java.util.List;

/** A queue whose rows stand in lanes; {@link LaneWorkers} lease the lanes and have them worked. */
public interface LaneQueue {

  /** Names it in leases and metrics. */
  String name();

  /** Which of these lanes have something to do now. Asked often, so it must be cheap. */
  List<Integer> ready(Collection<Integer> lanes);

  /**
   * Works through one bounded batch of some lanes, each in order. No other node and no other thread
   * works on a lane meanwhile, as long as {@link LaneSet#held(int)}.
   *
   * @return whether there may be more to do now
   */
  boolean work(LaneSet lanes);

  /** What waits, by kind; a bounded estimate for the metrics. */
  List<Backlog> backlog();
}
