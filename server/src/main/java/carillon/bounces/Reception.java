package carillon.bounces;

import carillon.delivery.Mark;
import carillon.delivery.Notice;
import carillon.delivery.Returns;
import carillon.mail.Bounce;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides which mail is taken, and takes it: the answer is yes once it is written down. */
final class Reception implements Postmaster {

  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
  private static final int SIDE_BY_SIDE = 4;

  /** Addresses that reports of mailbox providers are sent to by arrangement. */
  private static final Set<String> ARRANGED = Set.of("complaints", "fbl", "abuse", "postmaster");

  private final Returns returns;
  private final String domain;
  private final MeterRegistry metrics;
  private final Semaphore places = new Semaphore(SIDE_BY_SIDE, true);

  Reception(Returns returns, String domain, MeterRegistry metrics) {
    this.returns = returns;
    this.domain = domain;
    this.metrics = metrics;
  }

  @Override
  public String domain() {
    return domain;
  }

  /** That of a message of ours, or an arranged one. */
  @Override
  public boolean knows(String address) {
    return returns.addressed(address).isPresent() || arranged(address);
  }

  private boolean arranged(String address) {
    var at = address.lastIndexOf('@');
    return at > 0
        && address.substring(at + 1).equalsIgnoreCase(domain)
        && ARRANGED.contains(address.substring(0, at).toLowerCase(Locale.ROOT));
  }

  @Override
  public String take(List<String> recipients, byte[] mail) {
    places.acquireUninterruptibly();
    try {
      var marks = recipients.stream().flatMap(one -> returns.addressed(one).stream()).toList();
      var about = take(marks, ReportReader.read(mail));
      // Out-of-office notes and the like also come to a message's address, and are let be.
      return about || !marks.isEmpty()
          ? "250 2.0.0 taken"
          : "550 5.6.0 this is no report about a mail of ours";
    } catch (RuntimeException e) {
      LOG.warn("a returned mail could not be written down", e);
      return "451 4.3.0 try again later";
    } finally {
      places.release();
    }
  }

  /** Whether it is a report about a mail of ours. */
  private boolean take(List<Mark> addressed, Report report) {
    return switch (report) {
      case Report.Failures(var failures, var names) -> {
        var marks = addressed.isEmpty() ? named(names) : addressed;
        failures.forEach(failure ->
            tell(
                marks,
                new Notice.Bounced(
                    Bounce.of(failure.reply()), failure.reply(), failure.recipients())));
        yield !marks.isEmpty();
      }
      case Report.Feedback(var type, var names) -> {
        var named = named(names);
        var marks = named.isEmpty() ? addressed : named;
        meaning(type).ifPresent(notice -> tell(marks, notice));
        yield !marks.isEmpty();
      }
      case Report.Other() -> {
        count("other");
        yield false;
      }
    };
  }

  /** Types that say nothing of what the recipient wants, such as auth-failure, have no meaning. */
  private static Optional<Notice> meaning(String feedback) {
    return switch (feedback) {
      case "abuse", "fraud" -> Optional.of(new Notice.Complained("feedback report"));
      case "opt-out", "opt-out-list" -> Optional.of(new Notice.Unsubscribed("feedback report"));
      default -> Optional.empty();
    };
  }

  /** A return path or a Message-ID of ours; the first that is one decides. */
  private List<Mark> named(List<String> names) {
    return names.stream()
        .flatMap(
            name -> Stream.concat(returns.addressed(name).stream(), returns.named(name).stream()))
        .limit(1)
        .toList();
  }

  private void tell(List<Mark> marks, Notice notice) {
    marks.forEach(mark -> returns.take(mark, notice));
    count(
        switch (notice) {
          case Notice.Bounced _ -> "bounce";
          case Notice.Complained _ -> "complaint";
          case Notice.Unsubscribed _ -> "unsubscribe";
        });
  }

  private void count(String kind) {
    metrics.counter("carillon.bounces.notices", "from", "smtp", "kind", kind).increment();
  }
}
