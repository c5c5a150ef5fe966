package carillon.hostile;

import carillon.jsonapi.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import tools.jackson.databind.JsonNode;

/**
 * Things that exist, so that wrong requests get further than "does not exist": made through the API
 * where it can, found by reading it.
 */
public final class Fixtures {

  private static final int ROUNDS = 3;

  /** Made in this order; what an operation is not declared for is left out. */
  private static final Map<String, String> NEW =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "/api/lists",
                  "{'data':{'type':'list','attributes':{'name':'L','opt_in_process':'single_opt_in'}}}"),
              Map.entry(
                  "/api/profiles",
                  "{'data':{'type':'profile','attributes':{'email':'fixture@shop.invalid'}}}"),
              Map.entry(
                  "/api/segments",
                  "{'data':{'type':'segment','attributes':{'name':'S','definition':{'condition_groups':[{'conditions':[{'type':'profile-property','property':'first_name','filter':{'type':'string','operator':'equals','value':'Ada'}}]}]}}}}"),
              Map.entry(
                  "/api/tag-groups", "{'data':{'type':'tag-group','attributes':{'name':'G'}}}"),
              Map.entry("/api/tags", "{'data':{'type':'tag','attributes':{'name':'T'}}}"),
              Map.entry(
                  "/api/templates",
                  "{'data':{'type':'template','attributes':{'name':'T','editor_type':'CODE','html':'<p></p>'}}}"),
              Map.entry(
                  "/api/images",
                  "{'data':{'type':'image','attributes':{'name':'I','import_from_url':'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'}}}"),
              Map.entry(
                  "/api/events",
                  "{'data':{'type':'event','attributes':{'properties':{'a':1},'metric':{'data':{'type':'metric','attributes':{'name':'M'}}},'profile':{'data':{'type':'profile','attributes':{'email':'eventful@shop.invalid'}}}}}}"),
              Map.entry(
                  "/api/catalog-categories",
                  "{'data':{'type':'catalog-category','attributes':{'external_id':'K','name':'K'}}}"),
              Map.entry(
                  "/api/catalog-items",
                  "{'data':{'type':'catalog-item','attributes':{'external_id':'I','title':'I','description':'D','url':'https://shop.invalid/i'}}}"),
              Map.entry(
                  "/api/catalog-variants",
                  "{'data':{'type':'catalog-variant','attributes':{'external_id':'V','title':'V','description':'D','url':'https://shop.invalid/v','sku':'S','inventory_quantity':0,'price':1},'relationships':{'item':{'data':{'type':'catalog-item','id':'$custom:::$default:::I'}}}}}")));

  private static final String CAMPAIGN =
      "{'data':{'type':'campaign','attributes':{'name':'C','audiences':{'included':['%s']},'campaign-messages':{'data':[{'type':'campaign-message','attributes':{'definition':{'channel':'email','content':{'subject':'S'}}}}]}}}}";

  private final Map<String, String> ids = new HashMap<>();

  /** Makes and finds what the operations of a document are about. */
  public static Fixtures make(RawHttp http, JsonNode document) {
    var fixtures = new Fixtures();
    var paths = document.get("paths");
    NEW.forEach((path, body) -> {
      if (paths.path(path).has("post")) {
        fixtures.create(http, path, body);
      }
    });
    if (paths.path("/api/campaigns").has("post")) {
      fixtures.create(
          http, "/api/campaigns", CAMPAIGN.formatted(fixtures.id("list").orElseThrow()));
    }
    var reads =
        Probe.operations(document).filter(operation -> operation.method().equals("GET")).toList();
    for (int round = 0; round < ROUNDS; round++) {
      reads.forEach(read -> fixtures.discover(http, read));
    }
    return fixtures;
  }

  private void create(RawHttp http, String path, String body) {
    var answer = http.send(Probe.json("POST", path, body.replace('\'', '"')));
    if (answer.status() >= 300) {
      throw new IllegalStateException(path + ": " + answer.body());
    }
    if (!answer.body().isEmpty()) {
      note(Json.read(answer.body()).get("data"));
    }
  }

  private void discover(RawHttp http, Probe.Target read) {
    var filter =
        read.path().equals("/api/campaigns") ? "?filter=equals(messages.channel,'email')" : "";
    var answer = http.send(Probe.get(path(read.path()) + filter));
    if (answer.status() == 200) {
      note(Json.read(answer.body()).path("data"));
    }
  }

  private void note(JsonNode data) {
    if (data.isArray()) {
      data.forEach(this::note);
    } else if (data.has("id")) {
      ids.putIfAbsent(data.get("type").stringValue(), data.get("id").stringValue());
    }
  }

  /** The id of something of a type. */
  Optional<String> id(String type) {
    return Optional.ofNullable(ids.get(type));
  }

  /** A path with the id of something that exists, if there is any. */
  String path(String pattern) {
    return pattern.replaceFirst(
        "\\{\\w+}", Matcher.quoteReplacement(idFor(pattern).orElse("01ARZ3NDEKTSV4RRFFQ69G5FAV")));
  }

  private Optional<String> idFor(String pattern) {
    var collection = pattern.split("/")[2];
    var owner =
        List.of(
                    "campaign-send-jobs",
                    "campaign-recipient-estimations",
                    "campaign-recipient-estimation-jobs")
                .contains(collection)
            ? "campaign"
            : collection.endsWith("ies")
                ? collection.replaceFirst("ies$", "y")
                : collection.replaceFirst("s$", "");
    return id(owner);
  }
}
