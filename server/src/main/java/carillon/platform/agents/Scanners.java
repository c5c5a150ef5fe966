package carillon.platform.agents;

import java.util.regex.Pattern;

/** Programs that follow links or load images without a reader, by what they call themselves. */
final class Scanners {

  private static final String MAIL_SECURITY =
      "barracuda|proofpoint|mimecast|safelinks|urldefense|messagelabs|symantec|fireeye|trellix"
          + "|trend ?micro|ironport|forcepoint|fortiguard|zscaler|sophos|bitdefender|kaspersky"
          + "|mcafee|checkpoint|hornetsecurity|vadesecure|cloudmark|spamhaus|virustotal|urlscan";

  private static final String OFFICE =
      "office (existence|protocol) discovery|skypeuripreview|bingpreview|ms-?urlanaly";

  private static final String PREVIEWS =
      "facebookexternalhit|whatsapp/|slack-imgproxy|embedly|google-safety|google-inspectiontool"
          + "|googleother|feedfetcher|mediapartners|amazon cloudfront|hubspot connect";

  private static final String SCRIPTS =
      "\\bcurl/|\\bwget/|python|aiohttp|httpx/|go-http-client|^java/|apache-httpclient|\\bahc/"
          + "|libwww-perl|lwp::|\\bruby\\b|\\bphp/|guzzle|node-fetch|\\bundici\\b|axios/|^node$"
          + "|postman|insomnia/|httpie/|powershell|scrapy|reqwest";

  private static final String DRIVEN =
      "headless|phantomjs|selenium|webdriver|puppeteer|playwright|cypress/|electron-fetch";

  /** Cubot makes telephones. */
  private static final String GENERIC =
      "(?<!cu)bot(\\b|_)|crawl|spider|scanner|url.?check|link.?check|\\bslurp\\b"
          + "|monitor(ing)?\\b|validator|preview/";

  private static final Pattern ANY =
      Pattern.compile(
          String.join("|", MAIL_SECURITY, OFFICE, PREVIEWS, SCRIPTS, DRIVEN, GENERIC),
          Pattern.CASE_INSENSITIVE);

  private Scanners() {}

  static boolean include(String userAgent) {
    return userAgent.isEmpty() || ANY.matcher(userAgent).find();
  }
}
