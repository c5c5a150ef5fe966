package carillon.bounces;

import carillon.delivery.Returns;
import carillon.platform.Settings;
import carillon.platform.fetch.FetchRequest;
import carillon.platform.fetch.FetchResult;
import carillon.platform.fetch.SafeFetch;
import carillon.platform.http.Pages;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.function.Function;

/** Takes bounces and complaints, by mail and from providers. */
public final class Bounces {

  /** Most bytes of what providers have us fetch: a certificate, or a word of confirmation. */
  public static final int LARGEST_FETCH = 64 * 1024;

  private final Settings.Inbound inbound;
  private final Reception reception;
  private final Hooks hooks;

  /** Prepares; {@link #listen} begins to take mail. */
  public Bounces(
      Returns returns, Settings.Mail mail, SafeFetch fetch, Clock clock, MeterRegistry metrics) {
    this.inbound = mail.inbound();
    this.reception = new Reception(returns, mail.bounceDomain().orElse("localhost"), metrics);
    var keys = mail.inbound().hooks();
    Function<String, FetchResult> get = url -> fetch.fetch(FetchRequest.get(url));
    var providers = new LinkedHashMap<String, Provider>();
    providers.put(
        "ses",
        keys.sesTopics().isEmpty()
            ? Provider.CLOSED
            : new AmazonSes(keys.sesTopics(), new SnsSignature(get, clock), get));
    providers.put("sendgrid", keys.sendGrid().<Provider>map(SendGrid::new).orElse(Provider.CLOSED));
    providers.put(
        "mailgun",
        keys.mailgun().<Provider>map(key -> new Mailgun(key.value())).orElse(Provider.CLOSED));
    providers.put(
        "postmark",
        keys.postmark()
            .<Provider>map(login -> new Postmark(login.value()))
            .orElse(Provider.CLOSED));
    this.hooks = new Hooks(providers, returns, metrics);
  }

  /** Adds {@code POST /hooks/{provider}}. */
  public void addTo(Pages pages) {
    pages.add(Hooks.PATH, "hook", hooks::answer);
  }

  /** Begins to take mail, if a port is set; what is answered ends it. */
  public AutoCloseable listen() {
    return inbound
        .port()
        .<AutoCloseable>map(port ->
            Listener.start(new InetSocketAddress(inbound.host(), port), reception, Limits.STANDARD))
        .orElse(() -> {});
  }
}
