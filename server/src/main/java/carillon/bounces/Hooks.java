package carillon.bounces;

import carillon.bounces.Provider.Told;
import carillon.delivery.Mark;
import carillon.delivery.Notice;
import carillon.delivery.Returns;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.platform.http.Pages;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code POST /hooks/{provider}}. A notice counts only for a message whose mark it carries:
 * so even who can sign for a provider cannot speak of mails he never saw, and an account that also
 * sends other mails may tell of these in vain.
 */
final class Hooks {

  static final String PATH = "/hooks/";

  private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);

  private final Map<String, Provider> providers;
  private final Returns returns;
  private final MeterRegistry metrics;

  Hooks(Map<String, Provider> providers, Returns returns, MeterRegistry metrics) {
    this.providers = providers;
    this.returns = returns;
    this.metrics = metrics;
  }

  HttpResponse answer(HttpRequest request) {
    var name = request.path().substring(PATH.length());
    var provider = providers.get(name);
    if (provider == null) {
      return Pages.text(404, "There is no such provider.\n");
    }
    if (!request.method().equals("POST")) {
      return Pages.with(Pages.text(405, "Notices are posted.\n"), "Allow", "POST");
    }
    return answer(name, provider, request);
  }

  private HttpResponse answer(String name, Provider provider, HttpRequest request) {
    try {
      provider.read(request).forEach(told -> take(name, told));
      return Pages.text(200, "taken\n");
    } catch (Refused refused) {
      count(name, "refused");
      var answer = Pages.text(refused.status(), refused.getMessage() + "\n");
      return refused.status() == 401
          ? Pages.with(answer, "WWW-Authenticate", "Basic realm=\"hooks\"")
          : answer;
    } catch (RuntimeException e) {
      LOG.warn("a notice of {} could not be written down", name, e);
      return Pages.text(503, "Not now; try again later.\n");
    }
  }

  private void take(String provider, Told told) {
    var mark = mark(told.names());
    mark.ifPresent(one -> returns.take(one, told.notice()));
    count(provider, mark.isEmpty() ? "unknown" : kind(told.notice()));
  }

  private Optional<Mark> mark(List<String> names) {
    return names.stream()
        .flatMap(
            name -> Stream.concat(returns.named(name).stream(), returns.addressed(name).stream()))
        .findFirst();
  }

  private static String kind(Notice notice) {
    return switch (notice) {
      case Notice.Bounced _ -> "bounce";
      case Notice.Complained _ -> "complaint";
      case Notice.Unsubscribed _ -> "unsubscribe";
    };
  }

  private void count(String provider, String kind) {
    metrics.counter("carillon.bounces.notices", "from", provider, "kind", kind).increment();
  }
}
