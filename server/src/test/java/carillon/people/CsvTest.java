package carillon.people;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Answer;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

  private final Shop shop = TestServer.shop();

  @Test
  void usualHeadersAreUnderstoodAndTheRestBecomesProperties() {
    var report =
        imported(
            """
            E-Mail,First Name,Surname,Mobile Phone,Company,City,State,Postcode,Plan,Visits,VIP,Tags,Code
            Ada@a.example,Ada,Lovelace,+4915123456789,Engines,London,Greater London,SW1,gold,12,true,"[""a"",""b""]",007
            bob@a.example,Bob,,,,,,,silver,3.5,false,[],010
            """);
    assertThat(counts(report)).containsExactly(2, 2, 0, 0);
    var ada = attributes("ada@a.example");
    assertThat(ada.text("/data/0/attributes/last_name")).isEqualTo("Lovelace");
    assertThat(ada.text("/data/0/attributes/phone_number")).isEqualTo("+4915123456789");
    assertThat(ada.text("/data/0/attributes/organization")).isEqualTo("Engines");
    assertThat(ada.text("/data/0/attributes/location/region")).isEqualTo("Greater London");
    assertThat(ada.text("/data/0/attributes/location/zip")).isEqualTo("SW1");
    assertThat(ada.at("/data/0/attributes/properties").toString())
        .isEqualTo(
            "{\"VIP\":true,\"Code\":\"007\",\"Plan\":\"gold\",\"Tags\":[\"a\",\"b\"],\"Visits\":12}");
    assertThat(report.text("/columns/9/target")).isEqualTo("properties.Visits:number");
  }

  @Test
  void columnsAreMappedAsSaidAndStatedTypesBind() {
    var report =
        shopPost(
            "Contact;Since;Size;Ignore;Note\n"
                + "a@a.example;2024-02-03;12;x;y\n"
                + "b@a.example;soon;large;x;y\n",
            "map=Contact%3Demail&map=Since%3Dproperties.since:date&map=Size%3Dproperties.size:number"
                + "&map=Ignore%3D-&map=Note%3Dproperties.a:b:text");
    assertThat(counts(report)).containsExactly(2, 1, 0, 1);
    assertThat(report.text("/rejects/0/reason")).isEqualTo("Since: 'soon' is no date.");
    assertThat(attributes("a@a.example").at("/data/0/attributes/properties").toString())
        .isEqualTo("{\"a:b\":\"y\",\"size\":12,\"since\":\"2024-02-03\"}");
  }

  @Test
  void rowsAreRefusedWithReasonsAndHoldUpNothing() {
    made("{'email':'one@a.example'}");
    made("{'email':'two@a.example','external_id':'2'}");
    var report =
        imported(
            "email,external_id,phone_number\nfine@a.example,,\nwrong,,\n,,\none@a.example,2,\n"
                + "a@a.example,1\n\"multi\nline\",,12\nlast@a.example,,\n");
    assertThat(counts(report)).containsExactly(7, 2, 0, 5);
    var told =
        IntStream.range(0, 5)
            .mapToObj(i ->
                report.at("/rejects/" + i + "/line").longValue()
                    + " "
                    + report.text("/rejects/" + i + "/reason"));
    assertThat(told)
        .containsExactlyInAnyOrder(
            "3 email: Invalid email address",
            "4 At least one identifier is required: id, email, phone_number, external_id,"
                + " anonymous_id or _kx.",
            "5 A profile already exists with one of these identifiers.",
            "6 The row has 2 cells, the first row 3.",
            "7 email: Invalid email address; phone_number: Invalid phone number format (Example of"
                + " a valid format: +12345678901)");
  }

  @Test
  void anEmptyCellLeavesWhatIsThereAndPeopleJoinTheList() {
    var known = made("{'email':'ada@a.example','first_name':'Ada','properties':{'plan':'gold'}}");
    var list = list("Readers");
    var report = shopPost("email,first_name,plan,city\nada@a.example,,,Paris\n", "list=Readers");
    assertThat(counts(report)).containsExactly(1, 0, 1, 0);
    var ada = shop.get("/api/profiles/" + known).expect(200);
    assertThat(ada.text("/data/attributes/first_name")).isEqualTo("Ada");
    assertThat(ada.text("/data/attributes/properties/plan")).isEqualTo("gold");
    assertThat(ada.text("/data/attributes/location/city")).isEqualTo("Paris");
    assertThat(shop.get("/api/lists/" + list + "/profiles").expect(200).ids())
        .containsExactly(known);
  }

  @Test
  void aDryRunTellsAndKeepsNothing() {
    list("Readers");
    var report = shopPost("email,Size\na@a.example,1\nwrong,2\n", "dry_run=true&list=Readers");
    assertThat(counts(report)).containsExactly(2, 1, 0, 1);
    assertThat(report.at("/dry_run").booleanValue()).isTrue();
    assertThat(shop.get("/api/profiles").expect(200).ids()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name,size\na,1\n",
        "email,email\na@a.example,b\n",
        "email,E-Mail\na@a.example,b\n",
        "email,,size\na@a.example,b,c\n",
        "email,n\n\"never closed,1\n"
      })
  void filesThatCannotBeReadAreRefused(String file) {
    assertThat(post(file, "").status()).isEqualTo(400);
  }

  @Test
  void wrongMappingsListsAndSeparatorsAreRefused() {
    list("Twin");
    list("Twin");
    for (var query :
        List.of(
            "map=Nothing%3Demail",
            "map=email%3Dnowhere", "map=email", "list=Nobody", "list=Twin", "separator=x")) {
      assertThat(post("email\na@a.example\n", query).status()).as(query).isEqualTo(400);
    }
    assertThat(shop.get("/api/profiles").expect(200).ids()).isEmpty();
  }

  @Test
  void bytesThatAreNoUtf8AndNullsAreRefusedByRow() {
    var file =
        "\uFEFFemail,name\na@a.example,Zo\u00EB\nb@a.example,b\u0000\nc@a.example,"
            .getBytes(StandardCharsets.UTF_8);
    var broken = Arrays.copyOf(file, file.length + 2);
    broken[file.length] = (byte) 0xE9;
    broken[file.length + 1] = '\n';
    var report = checked(post(broken, "", shop.key()));
    assertThat(counts(report)).containsExactly(3, 1, 0, 2);
    assertThat(attributes("a@a.example").text("/data/0/attributes/properties/name"))
        .isEqualTo("Zo\u00EB");
  }

  @Test
  void whatIsExportedIsImportedAsItWas() {
    made(
        "{'email':'ada@a.example','phone_number':'+4915123456789','external_id':'=1+1',"
            + "'first_name':'@Ada, \\\"the\\\" first','last_name':'\\n-x','location':{'city':'Y',"
            + "'latitude':1.5},'properties':{'Plan':'gold','n':12,'t':true,'list':[1,'a'],"
            + "'o':{'k':null},'=cmd':'+cmd|x','q':'\\'=x'}}");
    var csv = exported("");
    var other = TestServer.shop();
    var report =
        checked(
            post(
                csv.replaceFirst("(?m)^id,", "old id,")
                    .replaceAll("(?m)^01[0-9A-Z]{24},", "x,")
                    .getBytes(StandardCharsets.UTF_8),
                "map=old%20id%3D-",
                other.key()));
    assertThat(counts(report)).as(csv).containsExactly(1, 1, 0, 0);
    for (var name : List.of("email", "phone_number", "external_id", "first_name", "properties")) {
      assertThat(other.get("/api/profiles").at("/data/0/attributes/" + name))
          .as(name)
          .isEqualTo(shop.get("/api/profiles").at("/data/0/attributes/" + name));
    }
  }

  @Test
  void noCellOfAnExportIsAFormula() {
    made(
        "{'email':'ada@a.example','first_name':'=HYPERLINK(1)','last_name':'+49 1','title':'-1',"
            + "'organization':'\\t=x','properties':{'@key':'@SUM(A1)'}}");
    var csv = exported("");
    assertThat(csv).contains("'=HYPERLINK(1)", "'+49 1", ",-1,", "'\t=x", "'@SUM(A1)");
  }

  @Test
  void thousandsComeBackOnceEach() {
    var random = new Random(5);
    var file =
        "email,score\n"
            + IntStream.range(0, 3_500)
                .mapToObj(i -> "p" + i + "@a.example," + random.nextInt(100))
                .collect(joining("\n"));
    assertThat(counts(imported(file))).containsExactly(3_500, 3_500, 0, 0);
    assertThat(counts(imported(file))).containsExactly(3_500, 0, 3_500, 0);
    var lines = exported("").lines().toList();
    assertThat(lines).hasSize(3_501).doesNotHaveDuplicates();
  }

  @Test
  void onlyMembersOfTheListAreExported() {
    made("{'email':'out@a.example','properties':{'secret':1}}");
    list("Few");
    shopPost("email\nin@a.example\n", "list=Few");
    var csv = exported("?list=Few");
    assertThat(csv).contains("in@a.example").doesNotContain("out@a.example", "secret");
  }

  @Test
  void everythingAboutAPersonIsOneDocument() {
    var list = list("Readers");
    shopPost("email,first_name\nada@a.example,Ada\n", "list=Readers");
    shop.post(
            "/api/events",
            json(
                "{'data':{'type':'event','attributes':{'properties':{'what':'tea'},'metric':"
                    + "{'data':{'type':'metric','attributes':{'name':'Drank'}}},'profile':{'data':"
                    + "{'type':'profile','attributes':{'email':'ada@a.example'}}}}}}"))
        .expect(202);
    made("{'email':'other@a.example'}");
    for (var who : List.of("ada@a.example", "ADA%40a.example")) {
      var told = get("/carillon/profiles/" + who + "/export", shop.key()).expect(200);
      assertThat(told.text("/profile/first_name")).isEqualTo("Ada");
      assertThat(told.text("/records/event/0/properties/what")).isEqualTo("tea");
      var metric = told.text("/records/event/0/metric_id");
      assertThat(told.text("/names/metrics/" + metric)).isEqualTo("Drank");
      assertThat(told.text("/records/list_member/0/list_id")).isEqualTo(list);
      assertThat(told.text("/names/lists/" + list)).isEqualTo("Readers");
      assertThat(told.text("/records/profile_identifier/0/value")).isEqualTo("ada@a.example");
      assertThat(told.body()).doesNotContain("other@a.example");
    }
    assertThat(get("/carillon/profiles/nobody@a.example/export", shop.key()).status())
        .isEqualTo(404);
    assertThat(get("/carillon/profiles/%00/export", shop.key()).status()).isBetween(400, 499);
  }

  private Answer imported(String file) {
    return shopPost(file, "");
  }

  private Answer shopPost(String file, String query) {
    return checked(post(file, query));
  }

  private static Answer checked(Answer answer) {
    return answer.expect(200);
  }

  private Answer post(String file, String query) {
    return post(file.getBytes(StandardCharsets.UTF_8), query, shop.key());
  }

  private static Answer post(byte[] file, String query, String key) {
    return Shop.send(
        request("/carillon/imports/profiles?" + query, key)
            .header("Content-Type", "text/csv")
            .POST(HttpRequest.BodyPublishers.ofByteArray(file))
            .build());
  }

  private String exported(String query) {
    return get("/carillon/exports/profiles" + query, shop.key()).expect(200).body();
  }

  private static Answer get(String path, String key) {
    return Shop.send(request(path, key).GET().build());
  }

  private static HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(URI.create(TestServer.shared().url() + path))
        .header("Authorization", "Klaviyo-API-Key " + key);
  }

  private static List<Integer> counts(Answer report) {
    return List.of(
        report.at("/rows").intValue(),
        report.at("/created").intValue(),
        report.at("/updated").intValue(),
        report.at("/rejected").intValue());
  }

  private Answer attributes(String email) {
    return shop.get("/api/profiles?filter=equals(email,%22" + email + "%22)").expect(200);
  }

  private String made(String attributes) {
    return shop.post(
            "/api/profiles", json("{'data':{'type':'profile','attributes':" + attributes + "}}"))
        .expect(201)
        .id();
  }

  private String list(String name) {
    return shop.post(
            "/api/lists", json("{'data':{'type':'list','attributes':{'name':'" + name + "'}}}"))
        .expect(201)
        .id();
  }

  private static String json(String text) {
    return text.replace("\\'", "\u0001").replace('\'', '"').replace('\u0001', '\'');
  }
}
