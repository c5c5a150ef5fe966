package carillon.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lets a tool read, and keeps what it would write. */
final class Trial implements ApiClient {

  private final ApiClient reads;
  private final ApiClient writes;
  private final Set<String> reading;
  private final List<Write> kept = new ArrayList<>();

  /** A write that was not made, and what was answered in its place. */
  record Write(ApiCall call, ApiAnswer answer) {}

  /**
   * A trial.
   *
   * @param writes answers in place of the API
   * @param reading ids of the operations that only read
   */
  Trial(ApiClient reads, ApiClient writes, Set<String> reading) {
    this.reads = reads;
    this.writes = writes;
    this.reading = reading;
  }

  @Override
  public String account() {
    return reads.account();
  }

  @Override
  public ApiAnswer call(ApiCall call) {
    if (reading.contains(call.operation())) {
      return reads.call(call);
    }
    var answer = writes.call(call);
    kept.add(new Write(call, answer));
    return answer;
  }

  /** The writes so far, in order. */
  List<Write> kept() {
    return List.copyOf(kept);
  }

  /** Whether all of them would be taken. */
  boolean isGood() {
    return kept.stream().noneMatch(write -> write.answer().isRefusal());
  }
}
