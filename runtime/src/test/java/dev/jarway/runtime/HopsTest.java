package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way from gateway to gateway. */
class HopsTest {

    @TempDir
    Path directory;

    @Test
    void writesDownThatARequestHasBeenHere() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, GatewayFixture.filters(""));
                RawExchange client = new RawExchange(gateway.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nVia: 1.0 other\r\n\r\n");

            assertThat(client.answer(false).status()).isEqualTo(200);
            assertThat(gateway.upstream().seen().element().headers().get("via"))
                    .matches("1\\.0 other,1\\.1 jarway-[0-9a-f]{16}");
        }
    }

    @Test
    void refusesWhatComesBackToIt() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, GatewayFixture.filters(""));
                RawExchange client = new RawExchange(gateway.port());
                RawExchange again = new RawExchange(gateway.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.answer(false).status()).isEqualTo(200);
            String via = gateway.upstream().seen().element().headers().get("via");
            again.send("GET / HTTP/1.1\r\nHost: h\r\nVia: 1.1 a, " + via + "\r\nVia: 1.1 b\r\n\r\n");

            RawExchange.Answer answer = again.answer(false);
            assertThat(answer.status()).isEqualTo(508);
            assertThat(answer.body()).contains("PROXY_LOOP");
            assertThat(gateway.upstream().seen()).hasSize(1);
        }
    }
}
