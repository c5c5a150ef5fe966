package carillon.segments;

import static carillon.jsonapi.RateLimit.S;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Body;
import carillon.jsonapi.Operation;
import carillon.jsonapi.Relation;
import carillon.jsonapi.Reply;
import carillon.jsonapi.Request;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Our own operation that tries a definition before it is saved. */
record PreviewsApi(Previews previews) {

  private static final ResourceType<Previews.Preview> PREVIEW =
      ResourceType.of(
              "segment-preview",
              "",
              (Previews.Preview _) -> "preview",
              List.<Attribute<Previews.Preview>>of(
                  Attribute.of(
                      Schema.whole().as("profile_count").required(), Previews.Preview::people),
                  Attribute.of(Schema.bool().as("is_exact").required(), Previews.Preview::isExact)))
          .with(
              List.of(
                  Relation.<Previews.Preview>many("profiles", "profile")
                      .inlined(Previews.Preview::sample)
                      .withoutLinks()));

  Stream<Operation> operations() {
    return Stream.of(
        PREVIEW
            .report(
                "preview_segment",
                "/carillon/segment-previews",
                "Count whom a definition finds, with a sample, before saving it")
            .group("Segments")
            .scopes("segments:read")
            .limit(S)
            .withoutFields()
            .body(
                Body.of("segment-preview")
                    .attributes(SegmentDefinition.SEGMENT_DEFINITION.as("definition").required()))
            .to(this::preview));
  }

  private Reply preview(Request request) {
    var definition = request.get(SegmentDefinition.SEGMENT_DEFINITION.as("definition"));
    previews.check(request.account(), definition);
    return new Reply.Report(
        previews.of(request.account(), definition), Optional.empty(), Optional.empty());
  }
}
