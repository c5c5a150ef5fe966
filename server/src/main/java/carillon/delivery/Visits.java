package carillon.delivery;

import carillon.accounts.Accounts;
import carillon.delivery.TrackingLinks.Token;
import carillon.profiles.KxTokens;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells the shop's own site, and no other, who comes there from a mail: by an exchange token in the
 * address, for the script on its pages.
 */
final class Visits {

  private static final String PARAMETER = "_kx=";

  private final Accounts accounts;
  private final KxTokens tokens;

  Visits(Accounts accounts, byte[] secret) {
    this.accounts = accounts;
    this.tokens = new KxTokens(secret);
  }

  /** Where a link leads, with the token if it leads to the shop. */
  String address(Token token) {
    var message = token.message();
    var site = host(accounts.get(message.account()).sender().website());
    var isOwn = site.flatMap(own -> host(token.target()).filter(host -> isOf(host, own)));
    return isOwn.isPresent()
        ? marked(token.target(), tokens.of(message.account(), message.profile()))
        : token.target();
  }

  private static boolean isOf(String host, String site) {
    return host.equals(site) || host.endsWith("." + site);
  }

  /** Without www, which stands for the whole site. */
  private static Optional<String> host(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getHost())
          .map(host -> host.toLowerCase(Locale.ROOT).replaceFirst("^www\\.", ""));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String marked(String url, String token) {
    var hash = url.indexOf('#');
    var fragment = hash < 0 ? "" : url.substring(hash);
    var plain = hash < 0 ? url : url.substring(0, hash);
    return plain + (plain.contains("?") ? "&" : "?") + PARAMETER + token + fragment;
  }
}
