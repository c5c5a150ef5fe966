package carillon.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.platform.fetch.Network;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {

  private final TrustedProxies proxies =
      new TrustedProxies(List.of(Network.of("10.0.0.0/8"), Network.of("::1")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.9 | 198.51.100.1           | 192.0.2.9",
        "10.0.0.1  | 198.51.100.1           | 198.51.100.1",
        "10.0.0.1  | 6.6.6.6, 198.51.100.1  | 198.51.100.1",
        "10.0.0.1  | 198.51.100.1, 10.9.9.9 | 198.51.100.1",
        "10.0.0.1  | 10.0.0.2               | 10.0.0.2",
        "10.0.0.1  | nonsense               | 10.0.0.1",
        "10.0.0.1  | 198.51.100.1:4711      | 198.51.100.1",
        "[::1]     | [2001:db8::7]:4711     | 2001:db8::7",
        "[::1]     | 2001:db8::7            | 2001:db8::7",
        "10.0.0.1  | ''                     | 10.0.0.1"
      })
  void onlyWhatTrustedProxiesAddedIsBelieved(String peer, String header, String client) {
    assertThat(proxies.client(peer, List.of(header))).isEqualTo(client);
  }
}
