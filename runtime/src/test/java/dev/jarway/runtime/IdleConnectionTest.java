package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.boundary.Boundary;
import dev.jarway.runtime.balance.EndpointTls;
import dev.jarway.runtime.balance.ServiceEndpoints;
import dev.jarway.runtime.balance.ServiceSketch;
import dev.jarway.runtime.balance.Timing;
import dev.jarway.runtime.config.AccessLogConfig;
import dev.jarway.runtime.config.FieldsConfig;
import dev.jarway.runtime.config.ForwardedConfig;
import dev.jarway.runtime.config.LimitsConfig;
import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.config.ListenerProtocol;
import dev.jarway.runtime.config.MatchConfig;
import dev.jarway.runtime.config.OverloadConfig;
import dev.jarway.runtime.config.PathsConfig;
import dev.jarway.runtime.listener.EventLoops;
import dev.jarway.runtime.listener.Listeners;
import dev.jarway.runtime.listener.ListeningSockets;
import dev.jarway.runtime.overload.FakeMeans;
import dev.jarway.runtime.overload.Overload;
import dev.jarway.runtime.proxy.Chain;
import dev.jarway.runtime.proxy.PlanLease;
import dev.jarway.runtime.proxy.Rewrite;
import dev.jarway.runtime.proxy.Route;
import dev.jarway.runtime.proxy.RouteChoice;
import dev.jarway.runtime.proxy.TrafficPlan;
import dev.jarway.runtime.routing.HostPatterns;
import dev.jarway.runtime.routing.RouteTable;
import dev.jarway.runtime.upstream.Service;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a client's connection stays open on which nothing moves. */
class IdleConnectionTest {
    private static final Duration LIMIT = Duration.ofMillis(300);

    /** In which the limit would be over several times. */
    private static final Duration LONG = LIMIT.multipliedBy(4);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TIMEOUTS = "{ connect: 20s, response: 20s, idle: 20s }";

    private final LiveUpstream live = new LiveUpstream();
    private final ListeningSockets sockets = ListeningSockets.none();
    private final Vertx vertx =
            Vertx.builder().withTransport(sockets.transport()).build();
    private final Boundary boundary = new Boundary();
    private final Listeners listeners = new Listeners(
            sockets,
            EventLoops.start(vertx, boundary, new Overload(new FakeMeans(), () -> {}), 1)
                    .await(),
            loop -> lease(),
            none -> Optional.empty());
    private int port;

    @BeforeEach
    void listen() throws Exception {
        listeners.add(List.of(new ListenerConfig(
                "web",
                "127.0.0.1",
                0,
                Optional.of(List.of(ListenerProtocol.H1, ListenerProtocol.H2C)),
                Optional.empty(),
                Optional.empty(),
                ForwardedConfig.STANDARD,
                PathsConfig.STRICT,
                FieldsConfig.STANDARD,
                LimitsConfig.STANDARD.withKeepAlive(LIMIT))));
        port = listeners.open().getFirst().port();
    }

    @AfterEach
    void stop() {
        listeners.shutdown(Duration.ofMillis(100)).await();
        vertx.close().await();
        boundary.close();
        live.close();
    }

    @Test
    void waitsForAServiceThatThinksForLonger() throws Exception {
        try (KeptConnection connection = KeptConnection.to(port)) {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> get(connection, "/later"));
            await().atMost(PATIENCE).until(() -> live.arrived() == 1);
            assertStays(() -> !answer.isDone());

            live.answerLate();

            assertThat(answer.join()).isEqualTo("late");
        }
    }

    @Test
    void leavesAQuietWebSocketOpen() throws Exception {
        try (TalkingSocket socket = TalkingSocket.to(port, "/echo")) {
            assertThat(socket.ask("hello")).isEqualTo("hello");
            assertStays(() -> live.open() == 1 && !socket.end().isDone());

            assertThat(socket.ask("still")).isEqualTo("still");
        }
    }

    @Test
    void waitsForAServiceOverHttp2() throws Exception {
        try (Http2Connection connection = new Http2Connection(port)) {
            var answer = ClientAnswers.body(connection.request(HttpMethod.GET, "/later"));
            await().atMost(PATIENCE).until(() -> live.arrived() == 1);
            assertStays(() -> !answer.isComplete());

            live.answerLate();

            assertThat(answer.await().toString()).isEqualTo("late");
        }
    }

    @Test
    void closesBetweenTwoRequests() throws Exception {
        try (Socket socket = socket()) {
            send(socket, "GET /nothing HTTP/1.1\r\nHost: test\r\n\r\n");

            assertThat(rest(socket)).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void closesAnIdleConnectionOfHttp2() throws Exception {
        try (Http2Connection connection = new Http2Connection(port)) {
            await().atMost(PATIENCE).pollInterval(LIMIT.multipliedBy(2)).until(() -> {
                connection.get("/nothing");
                return connection.opened() > 1;
            });
        }
    }

    @Test
    void closesWhereNoRequestBegins() throws Exception {
        try (Socket silent = socket();
                Socket halting = socket()) {
            send(halting, "GET / HTTP/1.1\r\nHos");

            assertThat(rest(silent)).isEmpty();
            assertThat(rest(halting)).isEmpty();
        }
    }

    private static void assertStays(Callable<Boolean> state) {
        await().during(LONG).atMost(PATIENCE).until(state);
    }

    private Socket socket() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** All that comes until the connection is closed. */
    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static String get(KeptConnection connection, String path) {
        try {
            return connection.get(path);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** All requests go to the one service. */
    private PlanLease lease() {
        Service service = Service.of(
                ServiceEndpoints.of(
                        ServiceSketch.service(
                                "timeouts: " + TIMEOUTS + ", endpoints: [{ url: \"" + live.url() + "\" }]"),
                        1,
                        Timing.system(),
                        Optional.empty(),
                        Optional.empty(),
                        EndpointTls.STANDARD),
                Optional.empty());
        Chain none = new Chain(List.of(), List.of(), List.of());
        MatchConfig any = new MatchConfig(List.of(), Optional.empty(), Optional.empty(), List.of(), Map.of(), Map.of());
        TrafficPlan plan = new TrafficPlan(
                RouteTable.of(List.of(new RouteTable.Entry<>(
                        any,
                        RouteChoice.of(
                                new Route.Forward("all", "live", Rewrite.NONE, Optional.empty(), List.of(none)))))),
                HostPatterns.of(Map.of("*", 0)),
                List.of(none),
                Map.of("live", service),
                Map.of(),
                Map.of(),
                OverloadConfig.STANDARD,
                new AccessLogConfig(false, AccessLogConfig.Format.TEXT));
        return new PlanLease() {
            @Override
            public TrafficPlan plan() {
                return plan;
            }

            @Override
            public void release() {}
        };
    }
}
