package carillon.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes multipart/form-data. */
final class FormData {

  private final String boundary;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A form around a file; its boundary does not occur in the file. */
  FormData(String fileName, byte[] file) {
    boundary = boundary(file);
    part("file\"; filename=\"" + fileName.replaceAll("[\"\\\\\\p{Cntrl}]", "_"), file);
  }

  FormData with(String name, String value) {
    part(name, value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  ApiCall.Content content() {
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(out.toByteArray());
    whole.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return new ApiCall.Content.Raw(
        "multipart/form-data; boundary=" + boundary, whole.toByteArray());
  }

  private void part(String name, byte[] content) {
    var head =
        "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n";
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(content);
    out.writeBytes(new byte[] {'\r', '\n'});
  }

  private static String boundary(byte[] file) {
    var text = new String(file, StandardCharsets.ISO_8859_1);
    var found = "part" + Integer.toHexString(Arrays.hashCode(file));
    while (text.contains(found)) {
      found += "x";
    }
    return found;
  }
}
