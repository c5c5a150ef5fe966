package carillon.mcp;

import carillon.accounts.ApiKeys;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.DryRun;
import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.jsonapi.Json;
import carillon.mcp.Calls.Ended;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Calls tools within what the owner of the key allows. */
final class GuardedTools {

  /** An audience may grow by so much between the summary and the confirmation. */
  private static final double GROWTH = 1.1;

  private final Api api;
  private final Reaches reaches;
  private final Confirmations confirmations;
  private final Budget budget;

  GuardedTools(Api api, Reaches reaches, Confirmations confirmations, Budget budget) {
    this.api = api;
    this.reaches = reaches;
    this.confirmations = confirmations;
    this.budget = budget;
  }

  /**
   * The API as tools see it.
   *
   * @param handle makes a request
   * @param check makes it if it only reads, and else tells what it would do
   * @param reading ids of the operations that only read
   */
  record Api(
      Function<HttpRequest, HttpResponse> handle,
      Function<HttpRequest, HttpResponse> check,
      Set<String> reading) {

    ApiClient real(Visit visit, List<String> requestIds) {
      return new LocalApi(handle, visit, requestIds);
    }

    /** Finds out what a tool would write, letting the API judge it. */
    Trial checked(Visit visit, List<String> requestIds) {
      var client = new LocalApi(check, visit, requestIds);
      return new Trial(client, client, reading);
    }

    /** Finds out what a tool would write, without asking the API again. */
    Trial presumed(Visit visit, List<String> requestIds) {
      var taken = new ApiAnswer(200, Map.of(), Json.object(), "");
      return new Trial(real(visit, requestIds), new Stub(visit.account(), taken), reading);
    }
  }

  private record Stub(String account, ApiAnswer answer) implements ApiClient {
    @Override
    public ApiAnswer call(ApiCall call) {
      return answer;
    }
  }

  /** Calls a tool; {@code requestIds} gets the ids of the requests it makes. */
  Ended call(
      Visit visit,
      Tool tool,
      ObjectNode arguments,
      Optional<String> token,
      List<String> requestIds) {
    var rails = visit.key().rails();
    if (tool.hints().readOnly()) {
      return Ended.of(tool.call(arguments, api.real(visit, requestIds)));
    }
    if (visit.offer().isReadOnly()) {
      return blocked("Nothing may be written here: the key or the address is read-only.");
    }
    if (rails.dryRun()) {
      return dryRun(tool, arguments, api.checked(visit, requestIds));
    }
    var counted = rails.confirmSends() || rails.recipientsPerDay().isPresent();
    return tool.reachesPeople() && counted
        ? reach(new Sending(visit, tool, arguments, requestIds), token)
        : Ended.of(tool.call(arguments, api.real(visit, requestIds)));
  }

  private Ended dryRun(Tool tool, ObjectNode arguments, Trial trial) {
    var result = tool.call(arguments, trial);
    if (result.isError() || trial.kept().isEmpty()) {
      return Ended.of(result);
    }
    try {
      var told = Json.object();
      var meta = told.putObject("meta").put("dry_run", true);
      meta.put("note", "Nothing was written: this key only tells what would be done.");
      var would = meta.putArray("would");
      trial.kept().forEach(write -> would.add(told(trial.account(), write)));
      return new Ended(Answers.success(told, List.of()), AuditLog.Outcome.DRY_RUN);
    } catch (ApiError e) {
      return Ended.of(refused(e));
    }
  }

  private ObjectNode told(String account, Trial.Write write) {
    var told = Json.object();
    told.put("method", write.call().method().name()).put("path", write.call().path());
    if (write.call().content() instanceof ApiCall.Content.Document(var body)) {
      told.set("body", body);
    }
    return told.put("affected", reach(account, write).people());
  }

  private Reaches.Reach reach(String account, Trial.Write write) {
    var body = body(write.call());
    return reaches
        .of(account, write.call().operation(), body)
        .orElseGet(
            () -> new Reaches.Reach(DryRun.affected(body.path("data")), write.call().path(), ""));
  }

  private static ObjectNode body(ApiCall call) {
    return call.content() instanceof ApiCall.Content.Document(var body) ? body : Json.object();
  }

  private record Sending(Visit visit, Tool tool, ObjectNode arguments, List<String> requestIds) {

    ApiKeys.AgentKey key() {
      return visit.key();
    }
  }

  private Ended reach(Sending sending, Optional<String> token) {
    var trial =
        token.isPresent()
            ? api.presumed(sending.visit(), sending.requestIds())
            : api.checked(sending.visit(), sending.requestIds());
    var tried = sending.tool().call(sending.arguments(), trial);
    if (tried.isError() || trial.kept().isEmpty()) {
      return Ended.of(tried);
    }
    try {
      var reach = whole(sending.visit().account(), trial.kept());
      if (!sending.key().rails().confirmSends()) {
        return send(sending, reach);
      }
      var account = sending.visit().account();
      if (!isConfirmed(sending, reach, token) || !confirmations.use(account, token.get())) {
        return summary(sending, reach, token.isPresent());
      }
      var ended = send(sending, reach);
      if (ended.result().isError()) {
        confirmations.restore(account, token.get());
      }
      return ended;
    } catch (ApiError e) {
      return Ended.of(refused(e));
    }
  }

  private Reaches.Reach whole(String account, List<Trial.Write> writes) {
    var all = writes.stream().map(write -> reach(account, write)).toList();
    return new Reaches.Reach(
        all.stream().mapToLong(Reaches.Reach::people).sum(),
        joined(all, Reaches.Reach::what),
        joined(all, Reaches.Reach::version));
  }

  private static String joined(List<Reaches.Reach> all, Function<Reaches.Reach, String> text) {
    return all.stream().map(text).distinct().collect(Collectors.joining(", "));
  }

  private boolean isConfirmed(Sending sending, Reaches.Reach reach, Optional<String> token) {
    return token
        .flatMap(given -> confirmations.confirmed(given, deed(sending, reach)))
        .filter(people -> reach.people() <= Math.max(people + 10, people * GROWTH))
        .isPresent();
  }

  private static Confirmations.Deed deed(Sending sending, Reaches.Reach reach) {
    return new Confirmations.Deed(
        sending.key().id().toString(), sending.tool().name(), sending.arguments(), reach.version());
  }

  private Ended summary(Sending sending, Reaches.Reach reach, boolean again) {
    var notes = new ArrayList<String>();
    if (again) {
      notes.add(
          "The token given is not good for this: it is too old, or was used, or was made for other"
              + " arguments, or what it was made for has changed.");
    }
    notes.add(
        "Nothing was sent yet. Show this to your user; if the user agrees, call %s again with the"
                .formatted(sending.tool().name())
            + " same arguments and "
            + Calls.TOKEN
            + ", or through "
            + MetaTool.CALL_TOOL.word()
            + ".");
    var told = Json.object();
    told.putObject("meta")
        .put("confirmation_required", true)
        .put("about", reach.what())
        .put("recipients", reach.people())
        .put(Calls.TOKEN, confirmations.issue(deed(sending, reach), reach.people()))
        .put("valid_seconds", Confirmations.VALID.toSeconds());
    return new Ended(Answers.success(told, notes), AuditLog.Outcome.UNCONFIRMED);
  }

  private Ended send(Sending sending, Reaches.Reach reach) {
    if (!budget.take(sending.key(), reach.people())) {
      return blocked(
          "This would reach %d people; the key may reach %d a day and has reached %d today."
              .formatted(
                  reach.people(),
                  sending.key().rails().recipientsPerDay().orElse(0L),
                  budget.spent(sending.key())));
    }
    var result =
        sending.tool().call(sending.arguments(), api.real(sending.visit(), sending.requestIds()));
    if (result.isError()) {
      budget.giveBack(sending.key(), reach.people());
    }
    return Ended.of(result);
  }

  private static Ended blocked(String detail) {
    return new Ended(error("guard_rail", detail), AuditLog.Outcome.BLOCKED);
  }

  private static Result refused(ApiError refusal) {
    var fault = refusal.faults().getFirst();
    return error(fault.code().word(), fault.detail());
  }

  /** A refusal in the shape of the API's. */
  static Result error(String code, String detail) {
    var told = Json.object();
    told.putArray("errors").addObject().put("code", code).put("detail", detail);
    return new Result(told, detail, true);
  }
}
