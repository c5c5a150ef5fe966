package carillon.people;

import carillon.people.CsvRows.CsvRow;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Reads and checks the next rows while those before are written. */
final class RowsAhead implements AutoCloseable {

  private static final int TOGETHER = 1_000;

  private final CsvRows rows;
  private final Mapping mapping;
  private FutureTask<Batch> next;

  /** {@code first}: rows that were read already. */
  RowsAhead(CsvRows rows, Mapping mapping, List<CsvRow> first) {
    this.rows = rows;
    this.mapping = mapping;
    this.next = started(() -> Batch.of(mapping, first));
  }

  private static FutureTask<Batch> started(Callable<Batch> work) {
    var task = new FutureTask<>(work);
    Thread.ofVirtual().name("rows ahead").start(task);
    return task;
  }

  /** The next rows, none at the end; fails as reading them did. */
  Batch next() {
    var batch = finished(next);
    if (!batch.isEmpty()) {
      next = started(() -> Batch.of(mapping, rows.next(TOGETHER)));
    }
    return batch;
  }

  private static Batch finished(FutureTask<Batch> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while reading a file");
    }
  }

  @Override
  public void close() {
    next.cancel(true);
  }
}
