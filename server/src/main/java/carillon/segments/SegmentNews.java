package carillon.segments;

import carillon.jsonapi.Json;
import carillon.platform.work.News;
import java.time.Instant;

/**
 * What the outbox is told about members of segments.
 *
 * @param at when
 * @param recomputed whether because of a new definition, not of anything the person did
 */
public record SegmentNews(
    Kind kind, String account, String segment, String profile, Instant at, boolean recomputed) {

  /** What happened. */
  public enum Kind {
    ADDED("SegmentMemberAdded"),
    REMOVED("SegmentMemberRemoved");

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
    var payload =
        Json.object()
            .put("segment_id", segment)
            .put("at", at.toString())
            .put("recomputed", recomputed);
    return new News(account, profile, kind.word(), payload);
  }

  /** Reads news of one of these kinds. */
  public static SegmentNews of(News news) {
    var payload = news.payload();
    return new SegmentNews(
        news.kind().equals(Kind.ADDED.word()) ? Kind.ADDED : Kind.REMOVED,
        news.account(),
        payload.get("segment_id").stringValue(),
        news.profile(),
        Instant.parse(payload.get("at").stringValue()),
        payload.get("recomputed").booleanValue());
  }
}
