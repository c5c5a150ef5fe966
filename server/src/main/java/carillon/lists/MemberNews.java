package carillon.lists;

import carillon.jsonapi.Json;
import carillon.platform.work.News;
import java.time.Instant;

/**
 * What the outbox is told about members of lists.
 *
 * @param at when
 * @param startsFlows whether flows of the list may start; historical imports start none
 */
public record MemberNews(
    Kind kind, String account, String list, String profile, Instant at, boolean startsFlows) {

  /** What happened. */
  public enum Kind {
    ADDED("MemberAdded"),
    REMOVED("MemberRemoved");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The kind of the news in the outbox. */
    public String word() {
      return word;
    }
  }

  News news() {
    var payload = Json.object();
    payload.put("list_id", list);
    payload.put("profile_id", profile);
    payload.put("at", at.toString());
    payload.put("starts_flows", startsFlows);
    return new News(account, profile, kind.word(), payload);
  }

  /** Reads news of one of these kinds. */
  public static MemberNews of(News news) {
    var payload = news.payload();
    return new MemberNews(
        news.kind().equals(Kind.ADDED.word()) ? Kind.ADDED : Kind.REMOVED,
        news.account(),
        payload.get("list_id").stringValue(),
        payload.get("profile_id").stringValue(),
        Instant.parse(payload.get("at").stringValue()),
        payload.get("starts_flows").booleanValue());
  }
}
