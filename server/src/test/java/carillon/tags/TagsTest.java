package carillon.tags;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.testing.Shop;
import carillon.testing.TestServer;
import org.junit.jupiter.api.Test;

class TagsTest {

  private final Shop shop = TestServer.shop();

  @Test
  void aNewTagIsInTheDefaultGroup() {
    var tag = create("Summer");

    var group = shop.get("/api/tags/" + tag + "/tag-group").expect(200);

    assertThat(group.text("/data/attributes/name")).isEqualTo("Ungrouped Tags");
    assertThat(group.at("/data/attributes/default").booleanValue()).isTrue();
  }

  @Test
  void aTagIsCreatedInTheGroupAskedFor() {
    var group = createGroup("Season", true);

    var answer =
        shop.post(
                "/api/tags",
                """
                {"data": {"type": "tag", "attributes": {"name": "Winter"},
                  "relationships": {"tag-group": {"data": {"type": "tag-group", "id": "%s"}}}}}
                """
                    .formatted(group))
            .expect(201);

    assertThat(answer.text("/data/relationships/tag-group/data/id")).isEqualTo(group);
    assertThat(shop.get("/api/tag-groups/" + group + "/tags").attributes("name"))
        .containsExactly("Winter");
    assertThat(shop.get("/api/tag-groups/" + group + "/relationships/tags").ids())
        .containsExactly(answer.id());
  }

  @Test
  void anUnknownGroupIsToldByTheTagService() {
    var answer =
        shop.post(
                "/api/tags",
                """
                {"data": {"type": "tag", "attributes": {"name": "Lost"}, "relationships":
                  {"tag-group": {"data": {"type": "tag-group",
                    "id": "00000000-0000-4000-8000-000000000000"}}}}}
                """)
            .expect(404);

    assertThat(answer.text("/errors/0/code")).isEqualTo("tag_service_error");
    assertThat(shop.get("/api/tags").ids()).isEmpty();
  }

  @Test
  void renamingATagKeepsItsGroup() {
    var tag = create("Sping");
    var group = shop.get("/api/tags/" + tag + "/relationships/tag-group").id();

    shop.patch("/api/tags/" + tag, rename("tag", tag, "Spring")).expect(204);

    var renamed = shop.get("/api/tags/" + tag).expect(200);
    assertThat(renamed.text("/data/attributes/name")).isEqualTo("Spring");
    assertThat(renamed.text("/data/relationships/tag-group/data/id")).isEqualTo(group);
  }

  @Test
  void twoTagsCannotHaveTheSameName() {
    create("Sale");
    assertThat(post("tag", "sale").expect(409).text("/errors/0/code")).isEqualTo("conflict");
  }

  @Test
  void tagsAreFilteredSortedAndPagedByName() {
    for (int i = 0; i < 55; i++) {
      create("tag %02d".formatted(i));
    }
    create("other");

    var first = shop.get("/api/tags?sort=-name&filter=" + Shop.encoded("starts-with(name,'tag')"));
    var second = shop.follow(first.text("/links/next"));

    assertThat(first.attributes("name")).hasSize(50).startsWith("tag 54");
    assertThat(second.attributes("name"))
        .containsExactly("tag 04", "tag 03", "tag 02", "tag 01", "tag 00");
    assertThat(second.at("/links/next").isNull()).isTrue();
    assertThat(shop.follow(second.text("/links/prev")).ids()).isEqualTo(first.ids());
  }

  @Test
  void groupsCanBeIncludedOnce() {
    create("a");
    create("b");

    var answer = shop.get("/api/tags?include=tag-group&fields[tag-group]=name").expect(200);

    assertThat(answer.at("/included")).hasSize(1);
    assertThat(answer.at("/included/0/attributes").propertyNames()).containsExactly("name");
  }

  @Test
  void deletingAGroupDeletesItsTagsButTheDefaultOneStays() {
    var group = createGroup("Short-lived", false);
    shop.post(
            "/api/tags",
            """
            {"data": {"type": "tag", "attributes": {"name": "gone"},
              "relationships": {"tag-group": {"data": {"type": "tag-group", "id": "%s"}}}}}
            """
                .formatted(group))
        .expect(201);

    shop.delete("/api/tag-groups/" + group).expect(204);

    assertThat(shop.get("/api/tags").ids()).isEmpty();
    var byDefault = shop.get("/api/tag-groups?filter=equals(default,true)").ids().getFirst();
    shop.delete("/api/tag-groups/" + byDefault).expect(400);
  }

  @Test
  void aTagThatIsNotThereIsNotFound() {
    var answer = shop.get("/api/tags/nope").expect(404);
    assertThat(answer.details()).containsExactly("A tag with id nope does not exist.");
  }

  @Test
  void aTagOfAnotherAccountIsNotFound() {
    var tag = create("mine");
    TestServer.shop().get("/api/tags/" + tag).expect(404);
  }

  @Test
  void whatIsNotThereCannotBeTagged() {
    var tag = create("x");
    shop.post(
            "/api/tags/" + tag + "/relationships/lists",
            "{\"data\": [{\"type\": \"list\", \"id\": \"NoList\"}]}")
        .expect(404);
  }

  private String create(String name) {
    return post("tag", name).expect(201).id();
  }

  private carillon.testing.Answer post(String type, String name) {
    return shop.post(
        "/api/" + type + "s",
        "{\"data\": {\"type\": \"%s\", \"attributes\": {\"name\": \"%s\"}}}".formatted(type, name));
  }

  private String createGroup(String name, boolean exclusive) {
    return shop.post(
            "/api/tag-groups",
            """
            {"data": {"type": "tag-group", "attributes": {"name": "%s", "exclusive": %s}}}
            """
                .formatted(name, exclusive))
        .expect(201)
        .id();
  }

  private static String rename(String type, String id, String name) {
    return """
    {"data": {"type": "%s", "id": "%s", "attributes": {"name": "%s"}}}
    """
        .formatted(type, id, name);
  }
}
