package carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.mail.MimeWriter;
import carillon.platform.Settings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptMailsTest {

  private static final String OTHER = "shop02";

  private final PostOffice post = new PostOffice();

  @AfterEach
  void close() {
    post.close();
  }

  @Test
  void theNewestOfEachAccountStay() {
    post.accounts.create(OTHER, "Other");
    keep(PostOffice.SHOP, 25);
    keep(OTHER, 4);
    try (var mails = mails(new Settings.Kept(10, 30))) {
      assertThat(mails.dropOld()).isEqualTo(15);
      assertThat(subjects(PostOffice.SHOP)).hasSize(10).startsWith("15").endsWith("24");
      assertThat(subjects(OTHER)).hasSize(4);
      assertThat(mails.dropOld()).isZero();
    }
  }

  @Test
  void whatIsTooOldGoesHoweverFewThereAre() {
    keep(PostOffice.SHOP, 3);
    post.clock.tick(Duration.ofDays(8));
    keep(PostOffice.SHOP, 2);
    try (var mails = mails(new Settings.Kept(100, 7))) {
      assertThat(mails.dropOld()).isEqualTo(3);
      assertThat(subjects(PostOffice.SHOP)).containsExactly("0", "1");
    }
  }

  @Test
  void manyGoInPortions() {
    keep(PostOffice.SHOP, 2_600);
    try (var mails = mails(new Settings.Kept(50, 30))) {
      assertThat(mails.dropOld()).isEqualTo(2_550);
      assertThat(subjects(PostOffice.SHOP)).hasSize(50);
    }
  }

  private KeptMails mails(Settings.Kept kept) {
    return new KeptMails(post.db, post.ids, post.clock, MimeWriter.unsigned(), kept);
  }

  /** Mails with the subjects 0, 1, 2... in this order. */
  private void keep(String account, int count) {
    for (int i = 0; i < count; i++) {
      post.db
          .sql(
              """
              insert into kept_mail (account_id, id, at, sender, recipient, subject, content)
              values (:account, :id, :at, '', '', :subject, '')
              """)
          .bind("account", account)
          .bind("id", post.ids.ulid())
          .bind("at", post.clock.instant())
          .bind("subject", Integer.toString(i))
          .run();
    }
  }

  private List<String> subjects(String account) {
    return post.db
        .sql("select subject from kept_mail where account_id = :account order by id")
        .bind("account", account)
        .list(row -> row.text("subject"));
  }
}
