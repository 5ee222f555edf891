package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the gateway keeps to what a service says about its connection. */
class ServiceConnectionTest {
    @TempDir
    Path directory;

    @Test
    void sendsNothingMoreOnAConnectionThatTheServiceIsAboutToClose() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    talk.head();
                    talk.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
                    assertThat(talk.isClosed()).isTrue(); // Else there is a second request, and no answer to it.
                });
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry())) {
            for (int i = 0; i < 6; i++) {
                assertThat(gateway.post("/", "").statusCode()).isEqualTo(200);
            }
            assertThat(upstream.connections()).isEqualTo(6);
        }
    }

    @Test
    void waitsForAResponseLongerThanABodyMayStandStill() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    talk.head();
                    Thread.sleep(1_000); // So long is the answer in coming.
                    talk.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    talk.isClosed();
                });
                GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        upstream.entry().replace("\" }]", "\" }], timeouts: { response: 20s, idle: 300ms }"))) {
            assertThat(gateway.get("/").body()).isEqualTo("ok");
        }
    }

    @Test
    void takesFieldsAsLongOverHttp2AsOverHttp1() throws Exception {
        Vertx vertx = Vertx.vertx();
        String longField = "x".repeat(40_000);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request ->
                        request.response().putHeader("x-long", longField).end())
                .listen(0, "127.0.0.1")
                .await();
        try (GatewayFixture gateway = GatewayFixture.start(
                directory,
                "  - { name: long, protocol: h2, endpoints: [{ url: \"http://127.0.0.1:" + server.actualPort()
                        + "\" }] }\nroutes: [{ name: long, service: long }]\n")) {
            assertThat(gateway.get("/").headers().firstValue("x-long")).hasValue(longField);
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void endsABodyWithoutALengthByClosingInHttp10() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    talk.head();
                    talk.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
                    talk.isClosed();
                });
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry());
                Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            client.setSoTimeout(20_000);
            client.getOutputStream()
                    .write("GET / HTTP/1.0\r\nHost: test\r\nConnection: keep-alive\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            String all = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(all).startsWith("HTTP/1.").endsWith("\r\n\r\nok").contains("connection: close");
        }
    }
}
