package carillon.images;

import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.platform.http.Pages;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Serves the bytes of images to everybody who knows their address. */
public final class ImagePages {

  private static final int KEPT_BYTES = 32 * 1024 * 1024;
  private static final Pattern FILE_NAME = Pattern.compile("[0-9a-f-]{36}\\.(jpeg|png|gif)");

  private final LoadingCache<String, Optional<byte[]>> files;

  public ImagePages(Images images) {
    this.files =
        Caffeine.newBuilder()
            .maximumWeight(KEPT_BYTES)
            .weigher((String name, Optional<byte[]> bytes) ->
                name.length() + bytes.map(content -> content.length).orElse(0))
            .build(images.store()::content);
  }

  /** Where the images are. */
  public String path() {
    return Images.PATH;
  }

  /** Answers a request for a file. What a name stands for never changes, so it may be kept. */
  public HttpResponse serve(HttpRequest request) {
    if (!Set.of("GET", "HEAD").contains(request.method())) {
      return Pages.with(Pages.text(405, "Images can only be read.\n"), "Allow", "GET, HEAD");
    }
    var name = request.path().substring(Images.PATH.length());
    var match = FILE_NAME.matcher(name);
    if (!match.matches()) {
      return missing();
    }
    var format = ImageFormat.named(match.group(1));
    return content(name)
        .map(bytes -> answer(request, name, Pages.of(200, format.mediaType(), bytes)))
        .orElseGet(ImagePages::missing);
  }

  /** Nothing is remembered about names that stand for nothing: they may be used later. */
  private Optional<byte[]> content(String name) {
    var found = files.get(name);
    if (found.isEmpty()) {
      files.invalidate(name);
    }
    return found;
  }

  private static HttpResponse answer(HttpRequest request, String name, HttpResponse whole) {
    var tag = "\"" + name + "\"";
    var headers = new LinkedHashMap<>(whole.headers());
    headers.put("ETag", tag);
    headers.put("Cache-Control", "public, max-age=31536000, immutable");
    headers.put("Content-Security-Policy", "default-src 'none'; sandbox");
    headers.put("Cross-Origin-Resource-Policy", "cross-origin");
    headers.put("Access-Control-Allow-Origin", "*");
    var known = request.header("If-None-Match").filter(tags -> names(tags, tag)).isPresent();
    return known
        ? new HttpResponse(304, headers, new byte[0], "", "")
        : new HttpResponse(200, headers, whole.body(), "", "");
  }

  private static boolean names(String tags, String tag) {
    for (var one : tags.split(",")) {
      var plain = one.strip();
      if (plain.equals("*") || plain.equals(tag) || plain.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }

  private static HttpResponse missing() {
    return Pages.text(404, "There is no such image.\n");
  }
}
