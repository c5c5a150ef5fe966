package carillon.platform.fetch;

import carillon.platform.fetch.FetchResult.Reason;
import java.io.IOException;

/** A reason on its way up to {@link SafeFetch}. */
final class FetchFailure extends IOException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  FetchFailure(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  FetchResult.Failed result() {
    return new FetchResult.Failed(reason, getMessage());
  }
}
