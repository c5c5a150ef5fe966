package carillon.campaigns;

import carillon.accounts.Accounts;
import carillon.delivery.Ledger;
import carillon.django.Language;
import carillon.images.Images;
import carillon.lists.Lists;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.platform.work.Outbox;
import carillon.profiles.Identities;
import carillon.profiles.KxTokens;
import carillon.segments.PostalCodes;
import carillon.segments.Segments;
import carillon.tags.Tags;
import carillon.templates.Renderer;
import carillon.templates.Templates;
import carillon.testing.TestClock;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** A node that works on campaigns only when it is told to, looking at three members at a time. */
final class SendingNode {

  private static final int CHUNK = 3;

  private final Campaigns campaigns;

  SendingNode(String name, Database db, TestClock clock) {
    var ids = new Ids(clock, new SecureRandom());
    var outbox = new Outbox(clock);
    var identities = new Identities(clock, ids, outbox, new KxTokens(new byte[32]));
    var accounts = new Accounts(db, clock, ids, List.of());
    var tags = new Tags(db, clock, ids, Map.of());
    var neighbours =
        new Neighbours(
            accounts,
            tags,
            new Images(db, clock, ids, ""),
            new Templates(db, clock, ids, Campaigns.templateUse()),
            new Renderer(Language.marketing(), clock),
            new Lists(db, clock, ids, identities, outbox),
            new Segments(
                new Segments.Ground(db, clock, ids, name, PostalCodes.bundled()),
                new Segments.Partners(accounts, tags, identities, outbox),
                CHUNK),
            new Ledger(clock));
    this.campaigns = new Campaigns(db, clock, name, neighbours, CHUNK);
  }

  /** Does all there is to do now. */
  void run() {
    var more = true;
    while (more) {
      more = campaigns.runner().run(Integer.MAX_VALUE) | campaigns.estimations().runOne();
    }
  }

  /** Takes so many single steps. */
  void steps(int count) {
    for (int i = 0; i < count; i++) {
      campaigns.runner().run(1);
    }
  }
}
