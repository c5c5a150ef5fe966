package carillon.mcp;

import carillon.jsonapi.Http;
import carillon.jsonapi.Json;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Uploads an image that is given as base64, or has the server fetch it from an address. */
record ImageFile(Requests requests) implements Script {

  private static final String FILE = "file";

  @Override
  public Result run(Arguments arguments, ApiClient api) {
    var file = arguments.find(FILE).orElseThrow();
    var content = text(file, "content_base64");
    var url = text(file, "url");
    if (content.isPresent() == url.isPresent()) {
      throw new Complaint(FILE, "This needs content_base64 or url, one of them.").raise();
    }
    var call =
        url.map(address -> fetch(address, arguments, file))
            .orElseGet(() -> upload(bytes(content.orElseThrow()), arguments, file));
    return Answers.of(api.call(call), _ -> Optional.of(FILE), List.of());
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64.substring(base64.indexOf(',') + 1));
    } catch (IllegalArgumentException e) {
      throw new Complaint(FILE, "content_base64 is no base64.").raise();
    }
  }

  private static ApiCall fetch(String url, Arguments arguments, JsonNode file) {
    var body = Json.object();
    var attributes = body.putObject("data").put("type", "image").putObject("attributes");
    attributes.put("import_from_url", url);
    name(arguments, file).ifPresent(name -> attributes.put("name", name));
    arguments.find("hidden").ifPresent(hidden -> attributes.set("hidden", hidden));
    return new ApiCall(
        "upload_image_from_url",
        Http.POST,
        "/api/images",
        Map.of(),
        new ApiCall.Content.Document(body));
  }

  private ApiCall upload(byte[] image, Arguments arguments, JsonNode file) {
    var form = new FormData(text(file, "name").orElse("image"), image);
    name(arguments, file).ifPresent(name -> form.with("name", name));
    arguments.find("hidden").ifPresent(hidden -> form.with("hidden", hidden.toString()));
    var operation = requests.operation();
    return new ApiCall(
        operation.id(), operation.method(), operation.path(), Map.of(), form.content());
  }

  private static Optional<String> name(Arguments arguments, JsonNode file) {
    return arguments.text("name").or(() -> text(file, "name"));
  }

  private static Optional<String> text(JsonNode object, String name) {
    return Optional.ofNullable(object.get(name))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue);
  }
}
