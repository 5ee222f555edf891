package dev.jarway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/?a=b                  | a   | b",
                "/a?b?a=c               | b?a | c",
                "/?a=b=c                | a   | b=c",
                "/?%61=%62              | a   | b",
                "/?a=b+c%2Bd            | a   | b c+d",
                "/?a+b=c                | a b | c",
                "/?a=%c3%A4             | a   | ä",
                "/?a=%F0%9F%98%80       | a   | \uD83D\uDE00",
                "/?a=b;c=d              | a   | b;c=d",
                "/?%26=%3D              | &   | =",
                "/?a=%                  | a   | %",
                "/?a=100%&b=c           | a   | 100%",
                "/?a=%2                 | a   | %2",
                "/?a=%zz%41             | a   | %zzA",
                "/?a=%%41               | a   | %A",
                "/?a=%+1                | a   | % 1",
                "/?a%=b                 | a%  | b",
                "/?a=%C3%28             | a   | \uFFFD(",
                "/?a=%FF                | a   | \uFFFD",
                "/?a=%C3&b=%A4          | b   | \uFFFD",
            })
    void decodesWhatCanBeDecodedAndKeepsTheRest(String target, String name, String value) {
        assertThat(request(target).query(name)).contains(value);
        assertThat(request(target).queryAll(name)).containsExactly(value);
    }

    @ParameterizedTest
    @CsvSource({"/?a", "/?a=", "/?&a&", "/?b=c&a&&"})
    void hasAParameterWithoutAValue(String target) {
        assertThat(request(target).queryAll("a")).containsExactly("");
    }

    @ParameterizedTest
    @CsvSource({"/a", "/a=b", "/?", "/?&&", "/?b;a", "/?A", "*"})
    void lacksWhatIsNotAsked(String target) {
        assertThat(request(target).query("a")).isEmpty();
        assertThat(request(target).queryAll("a")).isEmpty();
        assertThat(request(target).query("")).isEmpty();
    }

    @Test
    void keepsAllValuesInOrderHoweverMany() {
        ExchangeRequest request = request("/?" + "a=1&".repeat(1100) + "a=2&b=3");

        assertThat(request.queryAll("a")).hasSize(1101).endsWith("1", "2");
        assertThat(request.queryAll("b")).isEqualTo(List.of("3"));
    }

    @Test
    void followsTheTarget() {
        ExchangeRequest request = request("/?a=1");
        assertThat(request.query("a")).contains("1");

        request.setTarget("/?a=2");

        assertThat(request.query("a")).contains("2");
    }

    private static ExchangeRequest request(String target) {
        return new ExchangeRequest(
                new RequestHead("GET", "http", "h", -1, target),
                Provenance.direct(InetSocketAddress.createUnresolved("unknown", 0)),
                HttpHeaders.headers(),
                false);
    }
}
