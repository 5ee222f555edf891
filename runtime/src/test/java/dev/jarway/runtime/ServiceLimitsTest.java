package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.host.LogCapture;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a service is asked for at one time. */
class ServiceLimitsTest {
    @TempDir
    Path directory;

    private final NamedUpstream slow = new NamedUpstream("slow");
    private final LogCapture log = new LogCapture("jarway.access");
    private final List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();

    @AfterEach
    void close() {
        slow.close();
        log.close();
    }

    @Test
    void refusesWhatIsOverTheLimitOfRequests() throws Exception {
        try (GatewayFixture gateway = start("requests: 3")) {
            slow.hold();
            send(gateway, 3);
            await().atMost(PATIENCE).until(() -> slow.waiting() == 3);

            HttpResponse<String> fourth = gateway.get("/");

            assertThat(fourth.statusCode()).isEqualTo(503);
            assertThat(fourth.body()).contains("\"code\":\"SERVICE_BUSY\"").doesNotContain("detail", "limits");
            log.awaitMessage("limits.requests: 3 are under way or wait");
            slow.letGo();
            assertAllAnswered();
            assertThat(gateway.get("/").statusCode()).isEqualTo(200);
            assertIdle(gateway);
        }
    }

    @Test
    void letsRequestsWaitForAConnection() throws Exception {
        try (GatewayFixture gateway = start("connections: 2, pendingRequests: 3, pendingFor: 1m")) {
            slow.hold();
            send(gateway, 5);
            await().atMost(PATIENCE)
                    .until(() -> slow.waiting() == 2 && services(gateway).contains("\"pendingRequests\" : 3"));

            HttpResponse<String> sixth = gateway.get("/");

            assertThat(sixth.statusCode()).isEqualTo(503);
            log.awaitMessage("limits.connections: 2 are in use, and limits.pendingRequests: 3 wait");
            assertThat(slow.requests()).isEqualTo(2);
            slow.letGo();
            assertAllAnswered();
            assertIdle(gateway);
        }
    }

    @Test
    void letsNoneWaitLongerThanItMay() throws Exception {
        try (GatewayFixture gateway = start("connections: 1, pendingFor: 100ms")) {
            slow.hold();
            send(gateway, 1);
            await().atMost(PATIENCE).until(() -> slow.waiting() == 1);

            HttpResponse<String> second = gateway.get("/");

            assertThat(second.statusCode()).isEqualTo(503);
            log.awaitMessage("limits.connections: none of 1 was free within 100 ms");
            slow.letGo();
            assertAllAnswered();
            assertIdle(gateway);
        }
    }

    @Test
    void countsWhatIsUnderWayStillWhenTheServiceChanges() throws Exception {
        try (GatewayFixture gateway = start("requests: 2")) {
            slow.hold();
            send(gateway, 2);
            await().atMost(PATIENCE).until(() -> slow.waiting() == 2);

            gateway.configure(service("requests: 2, pendingRequests: 7"));

            assertThat(gateway.get("/").statusCode()).isEqualTo(503);
            slow.letGo();
            assertAllAnswered();
            assertIdle(gateway);
        }
    }

    @Test
    void givesEveryPermitBackUnderLoad() throws Exception {
        try (GatewayFixture gateway = start("connections: 3, pendingRequests: 1000, pendingFor: 1m")) {
            for (int round = 0; round < 10; round++) {
                send(gateway, 50);
                assertAllAnswered();
            }

            assertThat(slow.requests()).isEqualTo(500);
            assertIdle(gateway);
        }
    }

    @Test
    void choosesTheEndpointWhenThereIsAPlace() throws Exception {
        try (NamedUpstream sick = new NamedUpstream("sick");
                GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        "  - { name: named, endpoints: [" + slow.entry() + ", " + sick.entry()
                                + "], limits: { connections: 2, pendingFor: 1m }, health: { active: { path: /healthz,"
                                + " interval: 50ms, unhealthy: 1 } } }\nroutes: [{ name: all, service: named }]\n")) {
            slow.hold();
            sick.hold();
            send(gateway, 14);
            await().atMost(PATIENCE)
                    .until(() -> slow.waiting() + sick.waiting() == 2
                            && services(gateway).contains("\"pendingRequests\" : 12"));

            int before = sick.requests();
            sick.feel(503);
            await().atMost(PATIENCE).until(() -> services(gateway).contains("it fails its checks"));
            sick.letGo();
            slow.letGo();

            assertAllAnswered();
            assertThat(sick.requests()).isEqualTo(before);
            assertIdle(gateway);
        }
    }

    @Test
    void holdsNoPlaceForWhatAFilterAnswersOrFailsAt() throws Exception {
        Path jar = FilterSource.filter("chooser", "1.0.0", """
                @Override public Action onEndpointChosen(Request request, Endpoint endpoint) {
                    return switch (request.path()) {
                        case "/answer" -> Action.respond(LocalResponse.of(200, "local"));
                        case "/fail" -> throw new IllegalStateException("no");
                        default -> Action.proceed();
                    };
                }
                """).in(directory);
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                service("requests: 1, connections: 1")
                        .replace("service: named }", "service: named, filters: [{ plugin: chooser }] }"),
                jar)) {
            for (int i = 0; i < 3; i++) {
                assertThat(gateway.get("/answer").body()).isEqualTo("local");
                assertThat(gateway.get("/fail").body()).contains("PLUGIN_");
                assertThat(gateway.get("/").body()).isEqualTo("slow");
            }
            assertIdle(gateway);
        }
    }

    private void send(GatewayFixture gateway, int requests) {
        for (int i = 0; i < requests; i++) {
            sent.add(CompletableFuture.supplyAsync(
                    () -> gateway.get("/"), command -> Thread.ofVirtual().start(command)));
        }
    }

    private void assertAllAnswered() throws Exception {
        for (CompletableFuture<HttpResponse<String>> one : sent) {
            assertThat(one.get().statusCode()).isEqualTo(200);
        }
        sent.clear();
    }

    private static void assertIdle(GatewayFixture gateway) {
        await().atMost(PATIENCE)
                .until(() -> services(gateway)
                        .replaceAll("\\s", "")
                        .contains("\"usage\":{\"requests\":0,\"connections\":0,\"pendingRequests\":0}"));
    }

    private GatewayFixture start(String limits) throws StartException {
        return GatewayFixture.start(directory, service(limits));
    }

    private String service(String limits) {
        return "  - { name: named, endpoints: [" + slow.entry() + "], limits: { " + limits
                + " } }\nroutes: [{ name: all, service: named }]\n";
    }

    private static String services(GatewayFixture gateway) {
        return gateway.send(gateway.admin("/v1/services/named").build()).body();
    }
}
