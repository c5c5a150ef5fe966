package carillon.platform.fetch;

import carillon.platform.fetch.FetchResult.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads one answer of HTTP/1.0 or 1.1, never more than the limits allow. */
final class ResponseReader {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
  private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]+):(.*)");
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})[ \\t]*(;.*)?");

  private final InputStream in;
  private final int maxBytes;
  private int headerBytesLeft;

  ResponseReader(InputStream in, FetchLimits limits) {
    this.in = in;
    this.maxBytes = limits.maxBytes();
    this.headerBytesLeft = limits.maxHeaderBytes();
  }

  /** The answer to a request with this method. */
  FetchResult.Fetched read(String method, String url) throws IOException {
    var status = status();
    var headers = headers();
    while (status < 200) {
      status = status();
      headers = headers();
    }
    var bare = method.equals("HEAD") || status == 204 || status == 304;
    var body = bare ? new byte[0] : decoded(body(headers), headers);
    return new FetchResult.Fetched(url, status, headers, body);
  }

  private int status() throws IOException {
    var line = STATUS.matcher(line());
    if (!line.matches()) {
      throw malformed("no status line");
    }
    return Integer.parseInt(line.group(1));
  }

  private Map<String, List<String>> headers() throws IOException {
    var headers = new HashMap<String, List<String>>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      var header = HEADER.matcher(line);
      if (!header.matches()) {
        throw malformed("no header");
      }
      headers
          .computeIfAbsent(header.group(1).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(header.group(2).strip());
    }
    return headers;
  }

  private byte[] body(Map<String, List<String>> headers) throws IOException {
    if (headers.containsKey("transfer-encoding")) {
      if (!String.join(",", headers.get("transfer-encoding")).equalsIgnoreCase("chunked")) {
        throw malformed("an unknown transfer coding");
      }
      return chunks();
    }
    if (headers.containsKey("content-length")) {
      var body = new ByteArrayOutputStream();
      copy(length(headers.get("content-length")), body);
      return body.toByteArray();
    }
    return atMost(in);
  }

  private long length(List<String> values) throws FetchFailure {
    var value = values.getFirst();
    if (values.stream().distinct().count() > 1 || !value.matches("[0-9]{1,18}")) {
      throw malformed("no length");
    }
    return Long.parseLong(value);
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    for (var size = chunkSize(); size > 0; size = chunkSize()) {
      copy(size, body);
      if (!framing().isEmpty()) {
        throw malformed("a chunk longer than it said");
      }
    }
    headers();
    return body.toByteArray();
  }

  private long chunkSize() throws IOException {
    var line = CHUNK.matcher(framing());
    if (!line.matches()) {
      throw malformed("no chunk size");
    }
    return Long.parseLong(line.group(1), 16);
  }

  /** A line between chunks: limited in length, but there may be any number of them. */
  private String framing() throws IOException {
    var before = headerBytesLeft;
    var line = line();
    headerBytesLeft = before;
    return line;
  }

  private void copy(long size, ByteArrayOutputStream body) throws IOException {
    if (size > maxBytes - body.size()) {
      throw tooLarge();
    }
    var bytes = in.readNBytes((int) size);
    if (bytes.length < size) {
      throw new FetchFailure(Reason.TRUNCATED, "the body ended early");
    }
    body.write(bytes);
  }

  private byte[] decoded(byte[] body, Map<String, List<String>> headers) throws IOException {
    var coding =
        String.join(",", headers.getOrDefault("content-encoding", List.of()))
            .toLowerCase(Locale.ROOT);
    return switch (coding) {
      case "", "identity" -> body;
      case "gzip", "x-gzip" -> inflated(body);
      default -> throw new FetchFailure(Reason.CODING, "an unknown content coding");
    };
  }

  /** Some stores keep files compressed and send them so to everybody. */
  private byte[] inflated(byte[] body) throws IOException {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return atMost(gzip);
    } catch (ZipException e) {
      throw malformed("no gzip");
    } catch (EOFException e) {
      throw new FetchFailure(Reason.TRUNCATED, "the gzip ended early");
    }
  }

  private byte[] atMost(InputStream stream) throws IOException {
    var bytes = stream.readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw tooLarge();
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new FetchFailure(Reason.TRUNCATED, "the answer ended early");
      }
      if (headerBytesLeft-- <= 0) {
        throw new FetchFailure(Reason.TOO_LARGE, "the headers are too long");
      }
      line.write(next);
    }
    headerBytesLeft -= 2;
    var text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private FetchFailure tooLarge() {
    return new FetchFailure(Reason.TOO_LARGE, "more than " + maxBytes + " bytes");
  }

  private static FetchFailure malformed(String detail) {
    return new FetchFailure(Reason.MALFORMED, detail);
  }
}
