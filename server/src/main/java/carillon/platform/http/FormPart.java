package carillon.platform.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.util.Attributes;

/**
 * A part of a {@code multipart/form-data} body.
 *
 * @param name of the form field; empty when the part names none
 * @param fileName as the sender called the file; empty for plain fields
 * @param content its bytes, in whatever charset
 */
public record FormPart(String name, Optional<String> fileName, byte[] content) {

  private static final MultiPartConfig IN_MEMORY =
      new MultiPartConfig.Builder()
          .maxParts(20)
          .maxSize(-1)
          .maxPartSize(-1)
          .maxMemoryPartSize(-1)
          .build();

  /**
   * The parts of a body, in order.
   *
   * @param contentType the whole header, which names the boundary
   * @return empty when the body is no form of this type, or has too many parts
   */
  public static Optional<List<FormPart>> read(String contentType, byte[] body) {
    var source = new ByteBufferContentSource(ByteBuffer.wrap(body));
    try (var parts =
        MultiPartFormData.getParts(source, new Attributes.Mapped(), contentType, IN_MEMORY)) {
      var all = new ArrayList<FormPart>();
      for (var part : parts) {
        all.add(
            new FormPart(
                Optional.ofNullable(part.getName()).orElse(""),
                Optional.ofNullable(part.getFileName()),
                bytes(part)));
      }
      return Optional.of(List.copyOf(all));
    } catch (RuntimeException | IOException _) {
      // The parser has several exceptions for what is wrong with a body, and no other reason.
      return Optional.empty();
    }
  }

  private static byte[] bytes(MultiPart.Part part) throws IOException {
    var buffer = Content.Source.asByteBuffer(part.getContentSource());
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
