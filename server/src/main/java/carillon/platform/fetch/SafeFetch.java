package carillon.platform.fetch;

import carillon.platform.fetch.FetchResult.Reason;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;

/**
 * Fetches URLs that users gave, without letting them reach into our own network, hold us up or fill
 * our memory. Every redirect is checked like the first URL. Safe for use by many threads.
 */
public final class SafeFetch {

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** What may follow a redirect to another origin; the rest could be secret. */
  private static final Set<String> HARMLESS = Set.of("accept", "accept-language", "user-agent");

  private final Exchange exchange;
  private final FetchLimits limits;

  /**
   * A fetcher for the internet.
   *
   * @param privateNetworks also reach loopback and private addresses: for operators whose images or
   *     webhooks live beside the server, and who trust everyone with a key
   */
  public SafeFetch(FetchLimits limits, boolean privateNetworks) {
    this(
        limits, privateNetworks ? AddressPolicy.withPrivateNetworks() : AddressPolicy.publicOnly());
  }

  /** A fetcher for the addresses a policy allows. */
  public SafeFetch(FetchLimits limits, AddressPolicy policy) {
    this(
        HostResolver.system(),
        policy,
        limits,
        () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /** A fetcher with its own eyes, rules and trust, which is asked for when it is needed. */
  public SafeFetch(
      HostResolver resolver,
      AddressPolicy policy,
      FetchLimits limits,
      Supplier<SSLSocketFactory> tls) {
    this.exchange = new Exchange(resolver, policy, limits, tls);
    this.limits = limits;
  }

  /** Sends the request, follows redirects, and waits for the whole answer: at most the total. */
  public FetchResult fetch(FetchRequest request) {
    var task = new FutureTask<>(() -> follow(request));
    // An interrupted virtual thread drops its socket, whatever it was waiting for on it.
    Thread.ofVirtual().name("fetch").start(task);
    try {
      return task.get(limits.total().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new FetchResult.Failed(Reason.TIMEOUT, "not done within " + limits.total());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new FetchResult.Failed(Reason.CANCELLED, "interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      task.cancel(true);
    }
  }

  private FetchResult follow(FetchRequest request) throws IOException {
    try {
      var target = Target.of(request.url());
      var headers = request.headers();
      for (var followed = 0; ; followed++) {
        var answer = exchange.run(target, request, headers);
        var location = answer.header("location");
        if (!REDIRECTS.contains(answer.status())
            || location.isEmpty()
            || !request.followsRedirects()) {
          return answer;
        }
        if (followed == limits.maxRedirects()) {
          return new FetchResult.Failed(Reason.REDIRECTS, "more than " + followed + " redirects");
        }
        var next = target.redirect(location.get());
        headers = next.sameOrigin(target) ? headers : harmless(headers);
        target = next;
      }
    } catch (FetchFailure e) {
      return e.result();
    }
  }

  private static Map<String, String> harmless(Map<String, String> headers) {
    return headers.entrySet().stream()
        .filter(header -> HARMLESS.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
