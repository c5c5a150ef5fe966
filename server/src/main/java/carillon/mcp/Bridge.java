package carillon.mcp;

import carillon.jsonapi.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Hands messages on to a running server, with the headers that HTTP wants. */
final class Bridge implements Stdio.Partner {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final URI address;
  private final String secret;
  private final AtomicReference<String> agreed = new AtomicReference<>("");

  Bridge(URI address, String secret) {
    this.address = address;
    this.secret = secret;
  }

  @Override
  public Optional<ObjectNode> answer(Message message) {
    try {
      var response = http.send(request(message), BodyHandlers.ofString());
      return read(message, response);
    } catch (IOException e) {
      return failure(message, address + " cannot be reached: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failure(message, "The request was cancelled.");
    }
  }

  private HttpRequest request(Message message) {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + secret)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(message.json().toString()));
    if (Protocol.isCurrent(message, Optional.empty())) {
      message.revision().ifPresent(one -> request.header(Headers.REVISION, Headers.encoded(one)));
      request.header(Headers.METHOD, Headers.encoded(message.method()));
      Headers.subject(message)
          .ifPresent(name -> request.header(Headers.NAME, Headers.encoded(name)));
    } else if (!agreed.get().isEmpty()) {
      request.header(Headers.REVISION, agreed.get());
    }
    return request.build();
  }

  private Optional<ObjectNode> read(Message message, HttpResponse<String> response) {
    if (message.isNotification() || response.body().isEmpty()) {
      return Optional.empty();
    }
    if (!(parsed(response.body()) instanceof ObjectNode answer) || !answer.has("jsonrpc")) {
      return failure(message, address + " answered " + response.statusCode() + ".");
    }
    if (message.method().equals("initialize")) {
      agreed.set(answer.at("/result/protocolVersion").asString(""));
    }
    message.id().ifPresent(id -> answer.set("id", id));
    return Optional.of(answer);
  }

  private static Object parsed(String body) {
    try {
      return Json.read(body);
    } catch (JacksonException e) {
      return body;
    }
  }

  private static Optional<ObjectNode> failure(Message message, String detail) {
    return message.id().map(id -> Protocol.refusal(RpcError.Kind.INTERNAL_ERROR, detail, id));
  }
}
