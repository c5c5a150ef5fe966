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
