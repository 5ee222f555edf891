package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which endpoints can be used, with real ones that fall ill, go away and come back. */
class HealthTest {
    private static final String ACTIVE =
            "health: { active: { path: /healthz, interval: 50ms, timeout: 1s, healthy: 1, unhealthy: 2 } }, ";

    @TempDir
    Path directory;

    private final NamedUpstream a = new NamedUpstream("a");
    private final NamedUpstream b = new NamedUpstream("b");

    @AfterEach
    void close() {
        List.of(a, b).forEach(NamedUpstream::close);
    }

    @Test
    void takesAnEndpointOutThatFailsItsChecksAndBringsItBack() throws Exception {
        try (GatewayFixture gateway = start(ACTIVE + both())) {
            assertThat(places(gateway)).containsExactlyInAnyOrder("a", "b");

            a.feel(500);
            await().atMost(PATIENCE).until(() -> services(gateway).contains("it fails its checks: status 500"));
            assertThat(places(gateway)).containsExactly("b");

            a.feel(204);
            await().atMost(PATIENCE).until(() -> places(gateway).size() == 2);
        }
    }

    @Test
    void noticesThatAnEndpointHasGoneAndThatItIsBack() throws Exception {
        try (GatewayFixture gateway = start(ACTIVE + both())) {
            a.stop();
            await().atMost(PATIENCE).until(() -> services(gateway).contains("it fails its checks: no connection"));
            assertThat(places(gateway)).containsExactly("b");

            a.comeBack();
            await().atMost(PATIENCE).until(() -> places(gateway).size() == 2);
        }
    }

    @Test
    void answers503WithAReasonWhenNoEndpointIsLeft() throws Exception {
        try (GatewayFixture gateway = start(ACTIVE + both())) {
            a.feel(503);
            b.feel(503);
            await().atMost(PATIENCE)
                    .until(() -> gateway.status().contains("service 'named': none of its 2 endpoints is healthy"));

            HttpResponse<String> refused = gateway.get("/");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("\"code\":\"NO_ENDPOINT\"").doesNotContain("detail", "named");
        }
    }

    @Test
    void keepsWhatItKnowsOfEndpointsAcrossSwaps() throws Exception {
        String once = "health: { active: { path: /healthz, interval: 1h, unhealthy: 1 } }, ";
        a.feel(500);
        try (GatewayFixture gateway = start(once + both())) {
            await().atMost(PATIENCE).until(() -> places(gateway).equals(Set.of("b")));

            gateway.configure(service(once + "timeouts: { response: 3s }, " + both()));
            assertThat(places(gateway)).containsExactly("b");
            gateway.configure(service(once + both()) + "accessLog: { enabled: false }\n");

            assertThat(places(gateway)).containsExactly("b");
            assertThat(a.checks()).isEqualTo(1);
        }
    }

    @Test
    void ejectsAnEndpointThatAnswersWithErrors() throws Exception {
        try (GatewayFixture gateway =
                start("health: { passive: { failures: 3, status: [5xx], ejectFor: 1h, longest: 1h } }, " + both())) {
            a.answerWith(500);

            await().atMost(PATIENCE).until(() -> {
                gateway.get("/");
                return services(gateway).contains("requests in a row failed there, the last with status 500");
            });

            int before = a.requests();
            assertThat(places(gateway)).containsExactly("b");
            assertThat(a.requests()).isEqualTo(before);
            assertThat(services(gateway)).contains("\"state\" : \"ejected\"");
        }
    }

    @Test
    void ejectsAnEndpointThatRefusesConnectionsForAWhile() throws Exception {
        try (GatewayFixture gateway =
                start("health: { passive: { failures: 2, ejectFor: 1s, longest: 1s } }, " + both())) {
            a.stop();
            await().atMost(PATIENCE).until(() -> {
                gateway.get("/");
                return services(gateway).contains("\"state\" : \"ejected\"");
            });

            a.comeBack();

            await().atMost(PATIENCE).until(() -> places(gateway).size() == 2);
        }
    }

    @Test
    void fallsBackToTheNextGroupAndReturns() throws Exception {
        String groups = "endpoints: [" + a.entry() + ", { url: \"" + b.url() + "\", priority: 1 }]";
        try (GatewayFixture gateway = start(ACTIVE + groups)) {
            assertThat(places(gateway)).containsExactly("a");

            a.feel(500);
            await().atMost(PATIENCE).until(() -> places(gateway).equals(Set.of("b")));
            a.feel(200);
            await().atMost(PATIENCE).until(() -> places(gateway).equals(Set.of("a")));
        }
    }

    @Test
    void closesIdleConnectionsOfAnEndpointThatIsTakenOut() throws Exception {
        try (GatewayFixture gateway = start(both())) {
            places(gateway);
            assertThat(a.open()).isPositive();
            int kept = b.open();

            gateway.configure(service("endpoints: [" + b.entry() + "]"));

            await().atMost(PATIENCE).until(() -> a.open() == 0);
            assertThat(places(gateway)).containsExactly("b");
            assertThat(b.open()).isGreaterThanOrEqualTo(kept);
        }
    }

    @Test
    void sendsRequestsToAnEndpointWithAnAddressOfIPv6() throws Exception {
        try (NamedUpstream six = new NamedUpstream("six", "::1");
                GatewayFixture gateway = start(
                        "endpoints: [" + six.entry() + "], health: { active: { path: /healthz, interval: 50ms } }")) {
            await().atMost(PATIENCE).until(() -> six.checks() > 1);

            assertThat(gateway.get("/").body()).isEqualTo("six");
        }
    }

    @Test
    void closesConnectionsToAnEndpointWhoseAddressHasSeveralForms() throws Exception {
        try (NamedUpstream six = new NamedUpstream("six", "::1");
                GatewayFixture gateway = start("endpoints: [" + six.entry() + "]")) {
            assertThat(gateway.get("/").body()).isEqualTo("six");

            gateway.configure(service("endpoints: [" + b.entry() + "]"));

            await().atMost(PATIENCE).until(() -> six.open() == 0); // Idle ones are kept for longer.
        }
    }

    @Test
    void letsRequestsUnderWayEndAtAnEndpointThatIsTakenOut() throws Exception {
        try (GatewayFixture gateway = start("endpoints: [" + a.entry() + "]")) {
            a.hold();
            CompletableFuture<HttpResponse<String>> held = CompletableFuture.supplyAsync(
                    () -> gateway.get("/"), command -> Thread.ofVirtual().start(command));
            await().atMost(PATIENCE).until(() -> a.waiting() == 1);

            gateway.configure(service("endpoints: [" + b.entry() + "]"));
            // Time enough for its connection to be closed, if it were.
            await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> a.open() == 1);
            a.letGo();

            assertThat(held.get().body()).isEqualTo("a");
            await().atMost(PATIENCE).until(() -> a.open() == 0);
        }
    }

    private String both() {
        return "endpoints: [" + a.entry() + ", " + b.entry() + "]";
    }

    private GatewayFixture start(String keys) throws StartException {
        return GatewayFixture.start(directory, service(keys));
    }

    private static String service(String keys) {
        return "  - { name: named, " + keys + " }\nroutes: [{ name: all, service: named }]\n";
    }

    private static Set<String> places(GatewayFixture gateway) {
        Set<String> places = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            places.add(gateway.get("/").body());
        }
        return places;
    }

    private static String services(GatewayFixture gateway) {
        return gateway.send(gateway.admin("/v1/services/named").build()).body();
    }
}
