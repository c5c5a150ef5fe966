package carillon.platform.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import carillon.platform.fetch.FetchResult.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          file:///etc/passwd                  | SCHEME
          ftp://shop.example/a.png            | SCHEME
          gopher://shop.example:70/_GET       | SCHEME
          jar:http://shop.example/a!/b        | SCHEME
          data:image/png;base64,AAAA          | SCHEME
          //shop.example/a.png                | SCHEME
          shop.example/a.png                  | SCHEME
          ''                                  | SCHEME
          http:shop.example                   | INVALID_URL
          http:///a.png                       | INVALID_URL
          http://                             | INVALID_URL
          http://./                           | INVALID_URL
          http://shop .example/               | INVALID_URL
          http://a\\b/                        | INVALID_URL
          http://%31%32%37.0.0.1/             | INVALID_URL
          http://127.1/                       | INVALID_URL
          http://0x7f.1/                      | INVALID_URL
          http://[fe80::1%25eth0]/            | INVALID_URL
          http://[::1/                        | INVALID_URL
          http://user@shop.example/           | USER_INFO
          http://user:word@shop.example/      | USER_INFO
          http://@shop.example/               | USER_INFO
          http://shop.example@127.0.0.1/      | USER_INFO
          http://shop.example:22/             | PORT
          http://shop.example:25/             | PORT
          http://shop.example:0/              | PORT
          http://shop.example:65536/          | PORT
          """)
  void whatIsNoWebAddressIsRefusedByName(String url, Reason reason) {
    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> Target.of(url))
        .satisfies(failure -> assertThat(failure.result().reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP://Shop.Example            | shop.example       | shop.example            | 80   | /
          https://shop.example./a?b=c#d  | shop.example       | shop.example            | 443  | /a?b=c
          https://shop.example:8443      | shop.example       | shop.example:8443       | 8443 | /
          http://shop.example:443/       | shop.example       | shop.example:443        | 443  | /
          http://[2001:DB8::1]:8080/x    | 2001:db8::1        | [2001:db8::1]:8080      | 8080 | /x
          http://bücher.example/ä b.png  | xn--bcher-kva.example | xn--bcher-kva.example | 80  | /%C3%A4%20b.png
          """)
  void aUrlIsTakenApart(String url, String host, String header, int port, String path)
      throws FetchFailure {
    var target = Target.of(url);
    assertThat(target.host()).isEqualTo(host);
    assertThat(target.hostHeader()).isEqualTo(header);
    assertThat(target.port()).isEqualTo(port);
    assertThat(target.path()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /b                    | http://shop.example:8080/b
          b                     | http://shop.example:8080/a/b
          ../b                  | http://shop.example:8080/b
          ?q=1                  | http://shop.example:8080/a/page?q=1
          //cdn.example/b       | http://cdn.example/b
          https://cdn.example   | https://cdn.example/
          /with space           | http://shop.example:8080/with%20space
          """)
  void aRedirectLeadsOnFromWhereItStands(String location, String url) throws FetchFailure {
    var target = Target.of("http://shop.example:8080/a/page?x=y").redirect(location);
    assertThat(target.uri()).hasToString(url);
  }

  @Test
  void aRedirectFromTheBareHostFindsTheFolder() throws FetchFailure {
    assertThat(Target.of("http://shop.example").redirect("b").uri())
        .hasToString("http://shop.example/b");
  }

  @Test
  void anEndlessUrlIsRefused() {
    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> Target.of("http://shop.example/" + "a".repeat(5000)));
  }
}
