package dev.jarway.samples.ipallow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,          192.0.2.7",
        "10.0.0.0/8,         10.255.255.255",
        "10.1.2.3/8,         10.0.0.0",
        "192.0.2.128/25,     192.0.2.128",
        "192.0.2.128/25,     192.0.2.255",
        "192.0.2.6/31,       192.0.2.7",
        "0.0.0.0/0,          203.0.113.9",
        "2001:db8::/32,      2001:db8:ffff:ffff::1",
        "2001:db8::8/125,    2001:db8::f",
        "::1,                ::1",
        "::/0,               2001:db8::1",
        "::ffff:10.0.0.0/8,  10.9.9.9",
    })
    void findsAnAddressInANetwork(String network, String address) throws Exception {
        assertThat(allows(network, address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,        192.0.2.6",
        "10.0.0.0/8,       11.0.0.0",
        "10.0.0.0/8,       9.255.255.255",
        "192.0.2.128/25,   192.0.2.127",
        "192.0.2.6/31,     192.0.2.8",
        "2001:db8::/32,    2001:db9::",
        "2001:db8::8/125,  2001:db8::10",
        "::1,              ::2",
        "0.0.0.0/0,        2001:db8::1",
        "::/0,             192.0.2.7",
    })
    void findsNoOther(String network, String address) throws Exception {
        assertThat(allows(network, address)).isFalse();
    }

    @Test
    void refusesWhomOneListDeniesThoughTheOtherAllows() throws Exception {
        var rule = rule(List.of("10.0.0.0/8", "fd00::/8"), List.of("10.9.0.0/16"));

        assertThat(rule.permits(InetAddress.getByName("10.8.0.1"))).isTrue();
        assertThat(rule.permits(InetAddress.getByName("fd00::1"))).isTrue();
        assertThat(rule.permits(InetAddress.getByName("10.9.0.1"))).isFalse();
        assertThat(rule.permits(InetAddress.getByName("192.0.2.7"))).isFalse();
    }

    @Test
    void letsAllOthersPassWhereNobodyIsAllowedByName() throws Exception {
        var rule = rule(List.of(), List.of("10.0.0.0/8"));

        assertThat(rule.permits(InetAddress.getByName("192.0.2.7"))).isTrue();
        assertThat(rule.permits(InetAddress.getByName("10.0.0.1"))).isFalse();
    }

    @Test
    void refusesAClientWhoseAddressIsNotKnown() {
        assertThat(rule(List.of(), List.of("10.0.0.0/8")).permits(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.0/",
                "10.0.0.0/x",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                ":",
                "1::2::3",
                "fd00::/129",
                "fe80::1%eth0",
                "[::1]",
                " 10.0.0.1"
            })
    void takesNothingButAddressesAndNetworks(String text) {
        assertThatThrownBy(() -> rule(List.of("10.0.0.1", text), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("allow[1]: '")
                .hasMessageContaining("(expected: ");
    }

    private static boolean allows(String network, String address) throws UnknownHostException {
        return rule(List.of(network), List.of()).permits(InetAddress.getByName(address));
    }

    private static AddressRule rule(List<String> allow, List<String> deny) {
        return new AddressRule(Network.all("allow", allow), Network.all("deny", deny));
    }
}
