package carillon.events;

import carillon.events.Intake.Parcel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits to be written, in batches. One is begun when none is being written, or when enough
 * waits to be worth another beside it; nobody waits long for one that is held up.
 */
final class Batches {

  /** Small batches side by side cost more than they gain; measured with 256 connections. */
  static final int ENOUGH = 80;

  static final int MOST_WAITING = 2048;
  private static final int MOST_EVENTS = 1000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition start = lock.newCondition();
  private final Queue<Parcel> waiting = new ArrayDeque<>();
  private final Duration longestWait;
  private int events;
  private int underWay;
  private boolean open = true;

  /** {@code longestWait} is how long few may wait for a batch that is being written. */
  Batches(Duration longestWait) {
    this.longestWait = longestWait;
  }

  /** Puts a parcel behind the others and tells whether there was room for it in time. */
  boolean offer(Parcel parcel, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      for (long left = patience.toNanos(); open && waiting.size() >= MOST_WAITING; ) {
        if (left <= 0) {
          return false;
        }
        left = room.awaitNanos(left);
      }
      if (open) {
        waiting.add(parcel);
        events += parcel.size();
        startIfDue();
      }
      return open;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next batch, to be told {@link #done}; empty when there will be none. */
  List<Parcel> next() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        for (long left = longestWait.toNanos(); open && !isDue() && left > 0; ) {
          left = start.awaitNanos(left);
        }
        if (!waiting.isEmpty()) {
          underWay++;
          return taken();
        }
        if (!open) {
          return List.of();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Parcel> taken() {
    var batch = new ArrayList<Parcel>();
    for (int size = 0; size < MOST_EVENTS && !waiting.isEmpty(); ) {
      var parcel = waiting.remove();
      batch.add(parcel);
      size += parcel.size();
      events -= parcel.size();
      room.signal();
    }
    return batch;
  }

  /** Says that a batch is written, or was given up. */
  void done() {
    lock.lock();
    try {
      underWay--;
      startIfDue();
    } finally {
      lock.unlock();
    }
  }

  private void startIfDue() {
    if (isDue()) {
      start.signal();
    }
  }

  private boolean isDue() {
    return !waiting.isEmpty() && (underWay == 0 || events >= ENOUGH);
  }

  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more; what waits is still handed out. */
  void close() {
    lock.lock();
    try {
      open = false;
      room.signalAll();
      start.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
