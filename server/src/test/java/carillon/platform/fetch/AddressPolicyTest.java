package carillon.platform.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "100.100.100.200",
        "168.63.129.16",
        "169.254.0.1",
        "169.254.169.254",
        "169.254.170.2",
        "192.0.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::7f00:1",
        "::a9fe:a9fe",
        "::ffff:0:7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::808:808",
        "64:ff9b:1::a00:1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2002:808:808::1",
        "3fff::1",
        "5f00::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "2a00:1450::5efe:a00:1",
        "2a00:1450::200:5efe:a00:1"
      })
  void someAddressesAreRefusedWhateverTheOperatorSays(String literal) {
    var address = InetAddress.ofLiteral(literal);
    assertThat(AddressPolicy.publicOnly().allows(address)).isFalse();
    assertThat(AddressPolicy.withPrivateNetworks().allows(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1",
            "127.255.255.255",
        "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255", "::1", "fc00::1",
        "fdff:ffff::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"
      })
  void privateNetworksAreReachedOnlyByOperatorsWhoWantIt(String literal) {
    var address = InetAddress.ofLiteral(literal);
    assertThat(AddressPolicy.publicOnly().allows(address)).isFalse();
    assertThat(AddressPolicy.withPrivateNetworks().allows(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "168.63.129.17",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:4860:4860::8888",
        "2606:4700:4700::1111",
        "2a00:1450::1"
      })
  void theNeighboursOfBlockedRangesArePublic(String literal) {
    assertThat(AddressPolicy.publicOnly().allows(InetAddress.ofLiteral(literal))).isTrue();
  }

  @Test
  void anIpv4AddressThatStaysWrappedInIpv6IsRefused() throws UnknownHostException {
    var bytes = new byte[16];
    Arrays.fill(bytes, 10, 12, (byte) 0xff);
    System.arraycopy(new byte[] {8, 8, 8, 8}, 0, bytes, 12, 4);
    var mapped = Inet6Address.getByAddress("mapped.example", bytes, -1);
    assertThat(mapped).isInstanceOf(Inet6Address.class);
    assertThat(AddressPolicy.publicOnly().allows(mapped)).isFalse();
    assertThat(AddressPolicy.withPrivateNetworks().allows(mapped)).isFalse();
  }
}
