package carillon.platform.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.fetch.FetchResult.Failed;
import carillon.platform.fetch.FetchResult.Fetched;
import carillon.platform.fetch.FetchResult.Reason;
import java.net.InetAddress;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/** Fetchers for tests, for which 127.0.0.1 alone counts as an address of the internet. */
final class Fetches {

  static final int MAX_BYTES = 1000;
  static final AddressPolicy ONE_LOOPBACK =
      address ->
          address.equals(InetAddress.ofLiteral("127.0.0.1"))
              || AddressPolicy.publicOnly().allows(address);

  private Fetches() {}

  static FetchLimits limits(Duration read, Duration total) {
    return new FetchLimits(Duration.ofSeconds(5), read, total, MAX_BYTES, 2000, 3);
  }

  static SafeFetch with(HostResolver names, FetchLimits limits) {
    return new SafeFetch(
        names, ONE_LOOPBACK, limits, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  static SafeFetch with(HostResolver names) {
    return with(names, limits(Duration.ofSeconds(10), Duration.ofSeconds(20)));
  }

  static FetchResult get(RawServer server) {
    return with(new Names()).fetch(FetchRequest.get(server.url("127.0.0.1", "/")));
  }

  static Fetched fetched(FetchResult result) {
    assertThat(result).isInstanceOf(Fetched.class);
    return (Fetched) result;
  }

  static Reason reason(FetchResult result) {
    assertThat(result).isInstanceOf(Failed.class);
    return ((Failed) result).reason();
  }
}
