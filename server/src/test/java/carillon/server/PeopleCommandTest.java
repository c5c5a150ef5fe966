package carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.jsonapi.Json;
import carillon.platform.Settings;
import carillon.testing.Shop;
import carillon.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleCommandTest {

  @TempDir private Path folder;

  private final Shop shop = TestServer.shop();

  @Test
  void aFileIsImportedAndWhatIsRefusedCanBePutRightAndImportedItself() throws IOException {
    var file = file("people.csv", "email,Size\na@a.example,1\nwrong,2\n");
    assertThat(run("import", "profiles", file.toString())).isEqualTo(1);
    assertThat(emails()).containsExactly("a@a.example");
    var rejects = folder.resolve("people.rejects.csv");
    assertThat(Files.readString(rejects).lines())
        .containsExactly(
            "email,Size,rejected_line,rejected_because", "wrong,2,3,email: Invalid email address");

    Files.writeString(rejects, Files.readString(rejects).replace("wrong", "right@a.example"));
    assertThat(run("import", "profiles", rejects.toString())).isZero();
    assertThat(emails()).containsExactlyInAnyOrder("a@a.example", "right@a.example");
  }

  @Test
  void aDryRunTellsTheColumnsAndKeepsNothing() throws IOException {
    var file = file("people.csv", "Contact,Size\na@a.example,1\n");
    var told = new ByteArrayOutputStream();
    var before = System.out;
    System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      assertThat(run("import", "profiles", file.toString(), "--map", "Contact=email", "--dry-run"))
          .isZero();
    } finally {
      System.setOut(before);
    }
    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains("Contact -> email", "Size -> properties.Size:number", "1 rows: 1 new people");
    assertThat(emails()).isEmpty();
  }

  @Test
  void peopleAndOnePersonAreWrittenToFiles() throws IOException {
    run("import", "profiles", file("people.csv", "email\na@a.example\n").toString());
    var out = folder.resolve("out.csv");
    assertThat(run("export", "profiles", "--output", out.toString())).isZero();
    assertThat(Files.readString(out)).contains("a@a.example");
    var person = folder.resolve("person.json");
    assertThat(run("export", "person", "a@a.example", "--output", person.toString())).isZero();
    assertThat(Json.read(Files.readString(person)).at("/profile/email").asString())
        .isEqualTo("a@a.example");
    assertThat(run("export", "person", "nobody@a.example")).isEqualTo(2);
  }

  @Test
  void withoutAServerTheDatabaseOfTheSettingsIsOpened() throws IOException {
    var own =
        Map.of(
            "CARILLON_DATA_DIR", folder.resolve("data").toString(), "CARILLON_LOG_FORMAT", "text");
    makeAccount(own);
    var file = file("people.csv", "email\nalone@a.example\n");
    assertThat(PeopleCommand.run(own, List.of("import", "profiles", file.toString()))).isZero();
    var out = folder.resolve("out.csv");
    assertThat(PeopleCommand.run(own, List.of("export", "profiles", "--output", out.toString())))
        .isZero();
    assertThat(Files.readString(out)).contains("alone@a.example");
    var node = Serve.start(settings(own));
    try (node) {
      assertThat(node.keys().all()).isNotEmpty().allMatch(key -> key.revokedAt().isPresent());
      var more = file("more.csv", "email\nbeside@a.example\n");
      assertThat(PeopleCommand.run(own, List.of("import", "profiles", more.toString()))).isZero();
      assertThat(KeysCommand.run(settings(own), List.of("create", "--name", "beside"))).isZero();
      assertThat(node.keys().all())
          .anyMatch(key -> key.name().equals("beside") && key.revokedAt().isEmpty());
    }
    assertThat(PeopleCommand.run(own, List.of("export", "profiles", "--output", out.toString())))
        .isZero();
    assertThat(Files.readString(out)).contains("alone@a.example", "beside@a.example");
  }

  @Test
  void wordsThatDoNotBelongThereAreRefused() {
    for (var words :
        List.of(
            List.of("import"),
            List.of("import", "profiles"),
            List.of("import", "profiles", "no such file"),
            List.of("import", "profiles", "x", "--lits", "a"),
            List.of("export", "profiles", "--list"),
            List.of("export", "nothing"))) {
      assertThat(run(words.toArray(String[]::new))).as(words.toString()).isEqualTo(2);
    }
  }

  @Test
  void onlyKeysThatMayAreServed() {
    var readOnly =
        TestServer.shared()
            .keys()
            .create(shop.account(), "read only", Set.of("profiles:read", "lists:read"));
    var person =
        shop.post(
                "/api/profiles",
                "{\"data\":{\"type\":\"profile\",\"attributes\":{\"email\":\"a@a.example\"}}}")
            .expect(201)
            .id();
    assertThat(status("POST", "/carillon/imports/profiles", readOnly)).isEqualTo(403);
    assertThat(status("GET", "/carillon/exports/profiles", readOnly)).isEqualTo(200);
    assertThat(status("GET", "/carillon/exports/profiles", "pk_nobody")).isEqualTo(401);
    assertThat(status("DELETE", "/carillon/exports/profiles", shop.key())).isEqualTo(404);
    var export = "/carillon/profiles/" + person + "/export";
    assertThat(status("GET", export, readOnly)).isEqualTo(403);
    assertThat(status("GET", export, TestServer.shop().key())).isEqualTo(404);
    assertThat(status("GET", export, shop.key())).isEqualTo(200);
  }

  private static int status(String method, String path, String key) {
    return Shop.send(
            HttpRequest.newBuilder(URI.create(TestServer.shared().url() + path))
                .header("Authorization", "Klaviyo-API-Key " + key)
                .method(method, HttpRequest.BodyPublishers.ofString("email\nb@a.example\n"))
                .build())
        .status();
  }

  private static void makeAccount(Map<String, String> environment) {
    try (var node = Serve.start(settings(environment))) {
      node.accounts().create("SHOP01", "Shop");
    }
  }

  private static Settings settings(Map<String, String> environment) {
    var all = new HashMap<>(environment);
    all.put("CARILLON_PORT", "0");
    return Settings.read(all, Path.of(""));
  }

  private List<String> emails() {
    return shop.get("/api/profiles").expect(200).attributes("email");
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  /** Runs a command against the server of the tests. */
  private int run(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--url", TestServer.shared().url(), "--key", shop.key()));
    return PeopleCommand.run(Map.of("CARILLON_LOG_FORMAT", "text"), all);
  }
}
