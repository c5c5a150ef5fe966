package carillon.platform.agents;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.agents.Agent.Type;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserAgentsTest {

  private static final UserAgents AGENTS = new UserAgents();
  private static final String CHROME =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/124.0.0.0 Safari/537.36";

  private static Agent get(String userAgent) {
    return AGENTS.classify(
        "GET", name -> Optional.ofNullable(name.equals("User-Agent") ? userAgent : null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Chrome        | Windows  | DESKTOP | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36
          Edge          | Windows  | DESKTOP | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 Edg/124.0.0.0
          Firefox       | Ubuntu   | DESKTOP | Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0
          Safari        | Mac OS X | DESKTOP | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15
          Apple Mail    | Mac OS X | DESKTOP | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)
          Chrome        | Chrome OS | DESKTOP | Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36
          Thunderbird   | Linux    | DESKTOP | Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Thunderbird/115.10.1
          Outlook       | Windows  | DESKTOP | Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; Microsoft Outlook 16.0.5254; ms-office; MSOffice 16)
          Outlook       | Unknown  | DESKTOP | Mozilla/4.0 (compatible; ms-office; MSOffice 16)
          Mobile Safari | iOS      | MOBILE  | Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1
          Outlook-iOS   | iOS      | MOBILE  | Outlook-iOS/723.4027091.prod.iphone (4.28.0)
          Chrome Mobile | Android  | MOBILE  | Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36
          Chrome Mobile | Android  | MOBILE  | Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0.0.0 Mobile Safari/537.36
          Chrome Mobile | Android  | MOBILE  | Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0.0.0 Mobile Safari/537.36
          Samsung Internet | Android | MOBILE | Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/24.0 Chrome/117.0.0.0 Mobile Safari/537.36
          Chrome        | Android  | TABLET  | Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36
          Mobile Safari | iOS      | TABLET  | Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.0 Mobile/15E148 Safari/604.1
          Safari        | Tizen    | UNKNOWN | Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/538.1 (KHTML, like Gecko) Version/6.0 TV Safari/538.1
          Unknown       | Unknown  | UNKNOWN | Something/1.0
          """)
  void peopleAreKnownByTheirPrograms(String client, String os, Type type, String userAgent) {
    assertThat(get(userAgent)).isEqualTo(new Agent(client, os, type, false, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          APPLE_PRIVACY  | Apple Mail | true  | Mozilla/5.0
          GMAIL          | Gmail      | false | Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)
          GMAIL_PREFETCH | Gmail      | true  | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0
          YAHOO          | Yahoo Mail | false | YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html
          """)
  void proxiesHideTheirReaders(MailProxy proxy, String client, boolean bot, String userAgent) {
    assertThat(get(userAgent))
        .isEqualTo(new Agent(client, "Unknown", Type.UNKNOWN, bot, Optional.of(proxy)));
  }

  @Test
  void onlyTheBareWordIsApplesProxy() {
    assertThat(get(" Mozilla/5.0 ").proxy()).contains(MailProxy.APPLE_PRIVACY);
    assertThat(get("Mozilla/5.0 (compatible)").proxy()).isEmpty();
    assertThat(get(CHROME).proxy()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "BarracudaCentral/1.0",
        "Barracuda Sentinel (EE)",
        "Mozilla/5.0 (compatible; Proofpoint URL Defense)",
        "Mimecast-URL-Scanner",
        "Mozilla/5.0 (Windows NT 10.0) SafeLinks",
        "Microsoft Office Existence Discovery",
        "Microsoft Office Protocol Discovery",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " BingPreview/1.0b",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "facebookexternalhit/1.1",
        "WhatsApp/2.23.20",
        "curl/8.5.0",
        "Wget/1.21.4",
        "python-requests/2.31.0",
        "Python/3.11 aiohttp/3.9.1",
        "Python-urllib/3.11",
        "Go-http-client/1.1",
        "Java/17.0.10",
        "Apache-HttpClient/4.5.14 (Java/17.0.10)",
        "AHC/2.1",
        "node",
        "axios/1.6.8",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " HeadlessChrome/124.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1"
            + " Safari/538.1",
        "Amazon CloudFront",
        "HubSpot Connect 2.0"
      })
  void scannersAndScriptsAreBots(String userAgent) {
    assertThat(get(userAgent).bot()).isTrue();
  }

  @Test
  void aRequestWithoutUserAgentIsABot() {
    assertThat(get(null))
        .isEqualTo(new Agent("Unknown", "Unknown", Type.UNKNOWN, true, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "Purpose,prefetch,true",
    "Purpose,preview,true",
    "X-Purpose,preview,true",
    "X-Moz,prefetch,true",
    "Sec-Purpose,prefetch;prerender,true",
    "Sec-Purpose,Prefetch;anonymous-client-ip,true",
    "Purpose,navigate,false",
    "Accept,prefetch,false"
  })
  void aPrefetchIsNoReader(String name, String value, boolean bot) {
    var headers = Map.of("User-Agent", CHROME, name, value);
    var agent = AGENTS.classify("GET", header -> Optional.ofNullable(headers.get(header)));
    assertThat(agent)
        .isEqualTo(new Agent("Chrome", "Windows", Type.DESKTOP, bot, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"GET,false", "HEAD,true", "OPTIONS,true", "PROPFIND,true"})
  void onlyGetIsAReader(String method, boolean bot) {
    assertThat(AGENTS.classify(method, _ -> Optional.of(CHROME)).bot()).isEqualTo(bot);
  }

  @Test
  void anEndlessUserAgentIsReadAtItsStart() {
    assertThat(get(CHROME + " x".repeat(1_000_000)).clientName()).isEqualTo("Chrome");
  }
}
