package carillon.platform.fetch;

import carillon.platform.fetch.FetchResult.Reason;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A URL taken apart once; everything that is connected to and sent comes from these parts.
 *
 * @param host lower case, without brackets and without the dot of the root
 * @param path with the query, ready for a request line
 */
record Target(boolean secure, String host, int port, String path) {

  private static final int LONGEST = 4096;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  static Target of(String url) throws FetchFailure {
    return of(parse(url));
  }

  /** Where a {@code Location} header leads from here. */
  Target redirect(String location) throws FetchFailure {
    // URI resolves a bare query against the folder, not the page.
    var page = path.replaceFirst("\\?.*", "");
    return of(uri().resolve(parse(location.startsWith("?") ? page + location : location)));
  }

  URI uri() {
    return URI.create((secure ? "https://" : "http://") + hostHeader() + path);
  }

  boolean sameOrigin(Target other) {
    return secure == other.secure && host.equals(other.host) && port == other.port;
  }

  boolean isLiteral() {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  String hostHeader() {
    var name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == standardPort(secure) ? name : name + ":" + port;
  }

  private static Target of(URI given) throws FetchFailure {
    var uri = withAsciiHost(given);
    var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new FetchFailure(Reason.SCHEME, "neither http nor https");
    }
    if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
      throw new FetchFailure(Reason.USER_INFO, "user information in the URL");
    }
    var secure = scheme.equals("https");
    var port = uri.getPort() < 0 ? standardPort(secure) : uri.getPort();
    if (port != 80 && port != 443 && (port < 1024 || port > 65535)) {
      throw new FetchFailure(Reason.PORT, "port " + port);
    }
    return new Target(secure, host(uri), port, path(uri));
  }

  private static String host(URI uri) throws FetchFailure {
    if (uri.getHost() == null) {
      throw new FetchFailure(Reason.INVALID_URL, "no host");
    }
    var host = uri.getHost().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
    host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (host.isEmpty() || host.indexOf('%') >= 0) {
      throw new FetchFailure(Reason.INVALID_URL, "no host, or one with a zone");
    }
    return host;
  }

  private static String path(URI uri) {
    var ascii = URI.create(uri.toASCIIString());
    var path =
        ascii.getRawPath() == null || ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    return ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
  }

  private static URI withAsciiHost(URI uri) throws FetchFailure {
    var authority = uri.getRawAuthority();
    if (authority == null || authority.chars().allMatch(letter -> letter < 128)) {
      return uri;
    }
    try {
      var start = uri.toString().indexOf(authority);
      var rest = uri.toString().substring(start + authority.length());
      return new URI(uri.getScheme() + "://" + IDN.toASCII(authority) + rest);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new FetchFailure(Reason.INVALID_URL, "no such host name");
    }
  }

  private static URI parse(String url) throws FetchFailure {
    var text = url.strip();
    if (text.length() > LONGEST) {
      throw new FetchFailure(Reason.INVALID_URL, "too long");
    }
    try {
      return new URI(escape(text));
    } catch (URISyntaxException e) {
      throw new FetchFailure(Reason.INVALID_URL, "not a URL");
    }
  }

  /** People paste addresses with spaces and the like; browsers escape these, and so do we. */
  private static String escape(String text) {
    var out = new StringBuilder();
    text.chars()
        .forEach(letter -> {
          if (" \"<>\\^`{|}".indexOf(letter) >= 0) {
            out.append('%').append(HEX.toHexDigits((byte) letter));
          } else {
            out.append((char) letter);
          }
        });
    return out.toString();
  }

  private static int standardPort(boolean secure) {
    return secure ? 443 : 80;
  }
}
