package carillon.jsonapi;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A query string, decoded once, form-style, in the order of its parameters. */
record QueryString(List<Parameter> parameters) {

  record Parameter(String name, String value) {}

  static QueryString parse(String raw) {
    var parameters = new ArrayList<Parameter>();
    for (var part : raw.split("&")) {
      if (!part.isEmpty()) {
        var equals = part.indexOf('=');
        parameters.add(
            equals < 0
                ? new Parameter(decode(part, true), "")
                : new Parameter(
                    decode(part.substring(0, equals), true),
                    decode(part.substring(equals + 1), true)));
      }
    }
    return new QueryString(List.copyOf(parameters));
  }

  Optional<String> first(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Parameter::value)
        .findFirst();
  }

  /** The same parameters with one replaced or added at the end. */
  QueryString with(String name, String value) {
    var changed = new ArrayList<>(parameters);
    changed.removeIf(parameter -> parameter.name().equals(name));
    changed.add(new Parameter(name, value));
    return new QueryString(List.copyOf(changed));
  }

  /** Percent-encoded, without question mark. */
  String print() {
    var out = new StringBuilder();
    for (var parameter : parameters) {
      out.append(out.isEmpty() ? "" : "&")
          .append(encode(parameter.name()))
          .append('=')
          .append(encode(parameter.value()));
    }
    return out.toString();
  }

  /** A text as one segment of a path; what a path may hold as it is stays. */
  static String segment(String text) {
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9')
          && "-._~$:@!'()*,;=&".indexOf(c) < 0) {
        return encode(text).replace("%24", "$").replace("%3A", ":");
      }
    }
    return text;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Percent-decodes; what is not valid becomes a character that no name or id contains. */
  static String decode(String text, boolean plusIsBlank) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    var bytes = ByteBuffer.allocate(text.length() * 3);
    for (int i = 0; i < text.length(); i++) {
      var c = text.codePointAt(i);
      if (c == '%') {
        var high = i + 2 <= text.length() - 1 ? Character.digit(text.charAt(i + 1), 16) : -1;
        var low = i + 2 <= text.length() - 1 ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          return "\0";
        }
        bytes.put((byte) (high * 16 + low));
        i += 2;
      } else if (c == '+' && plusIsBlank) {
        bytes.put((byte) ' ');
      } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        return "\0";
      } else {
        bytes.put(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c) - 1;
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      return "\0";
    }
  }
}
