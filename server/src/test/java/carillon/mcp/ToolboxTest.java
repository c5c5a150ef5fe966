package carillon.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Operation;
import carillon.server.Declared;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tools are called and take, as agents were promised. */
class ToolboxTest {

  private static final Toolbox TOOLS = new Toolbox(Declared.operations());

  @TestFactory
  Stream<DynamicTest> aPromisedToolIsExact() {
    return Promised.load().stream()
        .filter(tool -> tool.isDeclared() && !tool.arguments().isEmpty())
        .map(tool ->
            DynamicTest.dynamicTest(
                tool.name(), () -> assertThat(arguments(tool.name())).isEqualTo(tool.arguments())));
  }

  @Test
  void aPromisedToolIsListedAsSoonAsOneOfItsOperationsIsDeclared() {
    var wanted = new TreeSet<String>();
    Promised.load().stream()
        .filter(tool -> tool.isDeclared() && !tool.isFormer())
        .forEach(tool -> wanted.add(tool.name()));
    var ours = new TreeSet<String>();
    TOOLS.all().stream()
        .map(Tool::name)
        .filter(name -> name.startsWith("KLAVIYO_"))
        .forEach(ours::add);
    assertThat(ours).isEqualTo(wanted);
  }

  /** The operations these wait for are those in not-yet-declared.txt, which only shrinks. */
  @TestFactory
  Stream<DynamicTest> aPromisedToolThatIsNotThereYetIsUnknown() {
    return Promised.load().stream()
        .filter(tool -> !tool.isDeclared())
        .map(tool ->
            DynamicTest.dynamicTest(
                tool.name() + " waits for " + String.join(", ", tool.operations()),
                () -> assertThat(TOOLS.find(tool.name())).isEmpty()));
  }

  @Test
  void formerNamesAreTakenButNotListed() {
    for (var tool : Promised.load()) {
      if (tool.isFormer() && tool.isDeclared()) {
        assertThat(TOOLS.find(tool.name())).as(tool.name()).isPresent();
        assertThat(TOOLS.all()).extracting(Tool::name).doesNotContain(tool.name());
      }
    }
  }

  @Test
  void everyOperationHasATool() {
    var served = new HashSet<String>();
    Promised.load().forEach(tool -> served.addAll(tool.operations()));
    assertThat(Declared.operations())
        .filteredOn(operation -> !operation.isOwn())
        .extracting(Operation::id)
        .allMatch(served::contains);
    assertThat(TOOLS.all())
        .filteredOn(tool -> tool.name().startsWith("CARILLON_"))
        .hasSameSizeAs(Declared.operations().stream().filter(Operation::isOwn).toList());
  }

  @Test
  void namesAreShortAndDistinct() {
    for (var tool : TOOLS.all()) {
      assertThat(tool.name()).hasSizeLessThan(64);
      assertThat(tool.parameters()).extracting(Parameter::name).doesNotHaveDuplicates();
      assertThat(tool.parameters())
          .allSatisfy(one -> assertThat(one.name()).as(tool.name()).hasSizeLessThan(64));
    }
  }

  @Test
  void everyToolAndArgumentIsDescribed() {
    var bare = new ArrayList<String>();
    for (var tool : TOOLS.all()) {
      if (tool.description().length() < 10) {
        bare.add(tool.name());
      }
      for (var one : tool.parameters()) {
        if (one.schema().path("description").asString("").length() < 4) {
          bare.add(tool.name() + " " + one.name());
        }
      }
    }
    assertThat(bare).isEmpty();
  }

  @Test
  void thoseThatOnlyReadSaySo() {
    assertThat(hints("KLAVIYO_GET_PROFILES")).isEqualTo(new Hints(true, false, true, false));
    assertThat(hints("KLAVIYO_QUERY_CAMPAIGN_VALUES"))
        .isEqualTo(new Hints(true, false, true, false));
    assertThat(hints("KLAVIYO_DELETE_LIST")).isEqualTo(new Hints(false, true, true, false));
    assertThat(hints("KLAVIYO_CREATE_TAG")).isEqualTo(new Hints(false, false, false, false));
    assertThat(hints("KLAVIYO_CREATE_CAMPAIGN_SEND_JOB"))
        .isEqualTo(new Hints(false, true, false, true));
  }

  /** A flow that is set live writes to people; whoever declares it must say so. */
  @Test
  void whatReachesPeopleSaysSo() {
    var reaching =
        Set.of(
            "send_campaign",
            "bulk_subscribe_profiles",
            "create_client_subscription",
            "create_conversation_message",
            "update_flow");
    assertThat(Declared.operations())
        .allMatch(operation ->
            operation.has(Operation.Effect.REACHES_PEOPLE) == reaching.contains(operation.id()));
  }

  @Test
  void theMostUsedComeInAFixedOrderAndAreFew() {
    var names = TOOLS.defaults().stream().map(Tool::name).toList();
    assertThat(names).hasSizeBetween(20, 30).startsWith("KLAVIYO_GET_ACCOUNTS");
    assertThat(new Toolbox(Declared.operations().reversed()).defaults().stream().map(Tool::name))
        .containsExactlyElementsOf(names);
  }

  @Test
  void groupsAreFoundAsTheyAreWrittenInAddresses() {
    assertThat(TOOLS.groups()).contains("profiles", "campaigns", "tags");
    assertThat(TOOLS.group("tags")).extracting(Tool::group).containsOnly("Tags");
    assertThat(TOOLS.group("nothing")).isEmpty();
  }

  @Test
  void nearNamesAreOffered() {
    assertThat(TOOLS.nearest("KLAVIYO_GET_PROFILS")).contains("KLAVIYO_GET_PROFILES");
  }

  @Test
  void toolsAreFoundByWords() {
    assertThat(found("send a campaign")).contains("KLAVIYO_CREATE_CAMPAIGN_SEND_JOB");
    assertThat(found("add people to list by email")).contains("KLAVIYO_ADD_PROFILE_TO_LIST");
    assertThat(found("upload picture")).contains("KLAVIYO_UPLOAD_IMAGE_FROM_FILE");
    assertThat(found("rename tag").getFirst()).isEqualTo("KLAVIYO_UPDATE_TAG");
    assertThat(found("who is on a list")).contains("KLAVIYO_GET_LIST_PROFILES");
    assertThat(found("stop sending").getFirst()).isEqualTo("KLAVIYO_CANCEL_CAMPAIGN_SEND");
    assertThat(found("preview a template for one person"))
        .contains("KLAVIYO_CREATE_TEMPLATE_RENDER");
    assertThat(found("forget a customer")).contains("KLAVIYO_REQUEST_PROFILE_DELETION");
    assertThat(found("import contacts")).contains("KLAVIYO_SPAWN_BULK_PROFILE_IMPORT_JOB");
    assertThat(found("xyzzy")).isEmpty();
  }

  /** As marketers ask; the tool must be among the first five. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "how many people are on my newsletter list | KLAVIYO_GET_LIST",
        "find a customer by email address | KLAVIYO_GET_PROFILES",
        "people who opened in the last 30 days | KLAVIYO_CREATE_SEGMENT",
        "send a newsletter | KLAVIYO_CREATE_CAMPAIGN_SEND_JOB",
        "schedule a campaign for tomorrow | KLAVIYO_CREATE_CAMPAIGN",
        "stop the campaign that is going out | KLAVIYO_CANCEL_CAMPAIGN_SEND",
        "how did my last campaign perform | KLAVIYO_QUERY_CAMPAIGN_VALUES",
        "open rate and click rate | KLAVIYO_QUERY_CAMPAIGN_VALUES",
        "revenue by month | KLAVIYO_QUERY_METRIC_AGGREGATES",
        "show latest orders | KLAVIYO_GET_EVENTS",
        "track a purchase | KLAVIYO_CREATE_EVENT",
        "unsubscribe someone from all emails | KLAVIYO_UNSUBSCRIBE_PROFILES",
        "block an address from getting mail | KLAVIYO_SUPPRESS_PROFILES",
        "allow mail again to a suppressed person | KLAVIYO_UNSUPPRESS_PROFILES",
        "delete all data of a person GDPR | KLAVIYO_REQUEST_PROFILE_DELETION",
        "import contacts from a spreadsheet | KLAVIYO_SPAWN_BULK_PROFILE_IMPORT_JOB",
        "is my import finished | KLAVIYO_GET_BULK_PROFILE_IMPORT_JOB",
        "design a new email | KLAVIYO_CREATE_TEMPLATE",
        "upload our logo | KLAVIYO_UPLOAD_IMAGE_FROM_FILE",
        "duplicate last campaign | KLAVIYO_CREATE_CAMPAIGN_CLONE",
        "tag a campaign | KLAVIYO_CREATE_TAG_RELATIONSHIPS",
        "change the subject line | KLAVIYO_UPDATE_CAMPAIGN_MESSAGE",
        "how many recipients will it reach | KLAVIYO_GET_CAMPAIGN_RECIPIENT_ESTIMATION",
        "merge duplicate customers | KLAVIYO_MERGE_PROFILES",
        "which lists is this customer on | KLAVIYO_GET_PROFILE_LISTS",
        "approve a product review | KLAVIYO_UPDATE_REVIEW",
        "what currency does the shop use | KLAVIYO_GET_ACCOUNTS",
        "why does somebody get no mails any more | CARILLON_GET_CONSENT_HISTORY_FOR_PROFILE",
        "require double opt-in | CARILLON_UPDATE_ACCOUNT_SETTINGS",
        "give a customer a property | KLAVIYO_UPDATE_PROFILE"
      })
  void toolsAreFoundByWhatMarketersSay(String words, String tool) {
    assertThat(found(words)).contains(tool);
  }

  @Test
  void aChoiceTellsItsWords() {
    var schema = TOOLS.find("KLAVIYO_GET_PROFILE_RELATIONSHIPS").orElseThrow().inputSchema();
    assertThat(schema.at("/properties/related_resource/enum").toString())
        .isEqualTo("[\"lists\",\"segments\"]");
  }

  @Test
  void whatIsNeededThoughItWasPromisedAsOptionalSaysSo() {
    var schema = TOOLS.find("KLAVIYO_CREATE_TAG").orElseThrow().inputSchema();
    assertThat(schema.has("required")).isFalse();
    assertThat(schema.at("/properties/data__attributes__name/description").stringValue())
        .endsWith("Needed.");
    assertThat(
            schema
                .at("/properties/data__relationships__tag__group__data__id/description")
                .asString())
        .doesNotContain("Needed");
  }

  private static java.util.List<String> found(String words) {
    return TOOLS.search(words).stream().map(Tool::name).limit(5).toList();
  }

  private static Hints hints(String name) {
    return TOOLS.find(name).orElseThrow().hints();
  }

  private static Set<String> arguments(String name) {
    var schema = TOOLS.find(name).orElseThrow().inputSchema();
    var required = new HashSet<String>();
    schema.path("required").forEach(one -> required.add(one.stringValue()));
    var arguments = new TreeSet<String>();
    schema
        .get("properties")
        .properties()
        .forEach(entry ->
            arguments.add(
                entry.getKey()
                    + " "
                    + entry.getValue().path("type").asString()
                    + (required.contains(entry.getKey()) ? "!" : "")));
    return arguments;
  }
}
