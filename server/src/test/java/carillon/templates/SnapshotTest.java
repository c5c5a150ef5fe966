package carillon.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.accounts.Accounts;
import carillon.jsonapi.ApiError;
import carillon.platform.Ids;
import carillon.platform.db.Database;
import carillon.testing.SeededIds;
import carillon.testing.TestClock;
import carillon.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other features do with templates. */
class SnapshotTest {

  private static final String ACCOUNT = "SNAPSH";

  private final Database db = TestDatabase.create();
  private final TestClock clock = new TestClock();
  private final Ids ids = SeededIds.of(20261121, clock);
  private final List<String> holders = new ArrayList<>();
  private final Templates templates = new Templates(db, clock, ids, (_, _, _) -> holders);

  @BeforeEach
  void makeAnAccount() {
    new Accounts(db, clock, ids, List.of()).create(ACCOUNT, "Shop");
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void aSnapshotDoesNotFollowItsTemplate() {
    var id = create("<p>first</p>").id();

    var copy = db.transaction(tx -> templates.copyFor(tx, ACCOUNT, id));
    templates.store().update(ACCOUNT, id, before -> before.with(html("<p>later</p>")));

    assertThat(copy.name()).isEqualTo("Clone of " + id);
    assertThat(copy.copyOf()).contains(id);
    assertThat(templates.get(ACCOUNT, copy.id())).isEqualTo(copy);
    assertThat(copy.html()).isEqualTo("<p>first</p>");
    assertThat(templates.byId(ACCOUNT, List.of(id, copy.id(), "NoSuch")))
        .containsOnlyKeys(id, copy.id());
  }

  @Test
  void aSnapshotCannotBeChanged() {
    var id = create("<p>").id();
    var copy = db.transaction(tx -> templates.copyFor(tx, ACCOUNT, id));
    assertThatThrownBy(() -> templates.store().update(ACCOUNT, copy.id(), same -> same))
        .isInstanceOf(ApiError.class)
        .hasMessage("A template with id " + copy.id() + " does not exist.");
  }

  @Test
  void aTemplateThatIsAttachedCannotBeDeleted() {
    var id = create("<p>").id();
    holders.add("CampaignMessage 01H");
    assertThatThrownBy(() -> templates.store().delete(ACCOUNT, id))
        .hasMessage(
            "Cannot delete template " + id + " while it is attached to\nCampaignMessage 01H");
    holders.clear();
    templates.store().delete(ACCOUNT, id);
    assertThatThrownBy(() -> templates.get(ACCOUNT, id)).isInstanceOf(ApiError.class);
  }

  @Test
  void onlySnapshotsAreForgottenWithTheirMessage() {
    var id = create("<p>").id();
    var copy = db.transaction(tx -> templates.copyFor(tx, ACCOUNT, id));
    db.transact(tx -> {
      templates.deleteCopy(tx, ACCOUNT, id);
      templates.deleteCopy(tx, ACCOUNT, copy.id());
    });
    assertThat(templates.byId(ACCOUNT, List.of(id, copy.id()))).containsOnlyKeys(id);
  }

  @Test
  void aLibraryHoldsAThousandTemplatesAndSnapshotsDoNotCount() {
    var first = create("<p>");
    db.sql(
            """
            insert into template (account_id, id, name, editor_type, html, created_at, updated_at)
            select :account, 'x' || n, 'n', 'CODE', '', now(), now() from generate_series(2, 1000) n
            """)
        .bind("account", ACCOUNT)
        .run();

    assertThatThrownBy(() -> create("<p>"))
        .hasMessage("An account can have at most 1000 templates.");
    assertThatThrownBy(() -> templates.store().clone(ACCOUNT, first.id(), Optional.empty()))
        .isInstanceOf(ApiError.class);
    assertThat(db.transaction(tx -> templates.copyFor(tx, ACCOUNT, first.id())).copyOf())
        .contains(first.id());
  }

  private Template create(String html) {
    return templates.store().create(ACCOUNT, "n", EditorType.CODE, html(html));
  }

  private static Template.Content html(String html) {
    return new Template.Content(html, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
