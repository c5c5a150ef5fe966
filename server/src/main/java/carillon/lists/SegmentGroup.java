package carillon.lists;

import carillon.segments.Segments;

/** The members of segments. */
public record SegmentGroup(Segments segments) implements Group {

  @Override
  public void check(String account, String id) {
    segments.check(account, id);
  }

  @Override
  public String all(String ids) {
    return Segments.audience(ids);
  }

  @Override
  public String page(String ids, String after, String most) {
    return Segments.audiencePage(ids, after, most);
  }
}
