package dev.jarway.runtime.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedElementTest {

    private static String told(String element) {
        Hop hop = ForwardedElement.parse(element).orElseThrow();
        return hop.from().map(InetSocketAddress::getHostString).orElse("-") + " "
                + hop.scheme().orElse("-") + " " + hop.host().orElse("-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=192.0.2.7                                      | 192.0.2.7 - -",
                "For=192.0.2.7;Proto=HTTPS;Host=Example.com         | 192.0.2.7 https example.com",
                "proto=http;by=_lb;for=\"192.0.2.7:80\"             | 192.0.2.7 http -",
                "for=\"[2001:db8::7]:80\"                           | 2001:db8:0:0:0:0:0:7 - -",
                "for=192.0.2.7:80 ; host=h:8080                     | 192.0.2.7 - h:8080",
                "for=\"192\\.0.2.7\";host=\"[::1]:81\"              | 192.0.2.7 - [::1]:81",
                "for=unknown;proto=https                            | - https -",
                "for=\"_gazonk\"                                    | - - -",
                "proto=wss;host=\"u@h\";secret=\";,\"               | - - -",
                ";;for=192.0.2.7;                                   | 192.0.2.7 - -"
            })
    void tellsWhatAProxyHasSaid(String element, String told) {
        assertThat(told(element)).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.7",
                "for",
                "for 192.0.2.7=1",
                "for=\"192.0.2.7",
                "for=\"192.0.2.7\"1",
                "for=\"192.0.2.7\\\"",
                "for=192.0.2.7;for=192.0.2.8",
                "for=192.0.2.7 proto=http",
                "=1"
            })
    void cannotReadWhatIsNone(String element) {
        assertThat(ForwardedElement.parse(element)).isEmpty();
    }

    @Test
    void tellsElementsApartFromTheEnd() {
        assertThat(ForwardedElement.lastFirst(List.of("for=a, for=\"b,\\\",c\";host=d ,,for=e", "for=f")))
                .containsExactly("for=f", "for=e", "for=\"b,\\\",c\";host=d", "for=a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"for=\"a", "\"", "for=\"a\\", "for=\"a, for=b\", \"", "\\\""})
    void letsNothingThatStandsBeforeAnElementHideIt(String client) {
        assertThat(ForwardedElement.lastFirst(List.of(client + ", for=\"[2001:db8::7]:80\", for=192.0.2.8")))
                .startsWith("for=192.0.2.8", "for=\"[2001:db8::7]:80\"");
    }
}
