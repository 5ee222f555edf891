package dev.jarway.runtime.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7, 0",
        "192.0.2.7:4711, 192.0.2.7, 4711",
        "192.0.2.7:_port, 192.0.2.7, 0",
        "2001:db8::7, 2001:db8::7, 0",
        "[2001:db8::7], 2001:db8::7, 0",
        "[2001:db8::7]:4711, 2001:db8::7, 4711",
        "::ffff:192.0.2.7, 192.0.2.7, 0"
    })
    void readsAnAddressAsProxiesWriteIt(String text, String address, int port) throws Exception {
        assertThat(NodeAddress.parse(text)).contains(new InetSocketAddress(InetAddress.getByName(address), port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "_hidden",
                "localhost",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.7:",
                "192.0.2.7:65536",
                "192.0.2.7:+1",
                "192.0.2.7 ",
                "2001:db8::7::1",
                "fe80::1%eth0",
                "[2001:db8::7",
                "[2001:db8::7]4711",
                "[[::1]]",
                "1",
                "0x7f.1"
            })
    void takesNothingElseForOne(String text) {
        assertThat(NodeAddress.parse(text)).isEmpty();
    }
}
