package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.upstream.Service;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests are shared out among real endpoints. */
class BalancingTest {
    @TempDir
    Path directory;

    private final NamedUpstream a = new NamedUpstream("a");
    private final NamedUpstream b = new NamedUpstream("b");
    private final NamedUpstream c = new NamedUpstream("c");

    @AfterEach
    void close() {
        List.of(a, b, c).forEach(NamedUpstream::close);
    }

    @Test
    void takesEndpointsInTurnByWeight() throws Exception {
        try (GatewayFixture gateway =
                start("endpoints: [{ url: \"" + a.url() + "\", weight: 2 }, " + b.entry() + "]")) {
            Map<String, Integer> counts = counts(gateway, 300);

            assertThat(counts.get("a")).isBetween(196, 204);
        }
    }

    @Test
    void sendsEachCallerToOneEndpointAndKeepsThemThereWhenAnotherGoes() throws Exception {
        String hashed = "loadBalancer: consistent-hash, hash: { header: x-user }, endpoints: ";
        try (GatewayFixture gateway = start(hashed + "[" + a.entry() + "," + b.entry() + "," + c.entry() + "]")) {
            Map<Integer, String> before = callers(gateway);
            assertThat(callers(gateway)).isEqualTo(before);
            assertThat(new HashSet<>(before.values())).isEqualTo(Set.of("a", "b", "c"));

            assertThat(gateway.configure(service(hashed + "[" + a.entry() + "," + b.entry() + "]"))
                            .statusCode())
                    .isEqualTo(200);

            Map<Integer, String> after = callers(gateway);
            assertThat(before).allSatisfy((caller, place) -> assertThat(place).isIn("c", after.get(caller)));
        }
    }

    @Test
    void sharesOutCallersByCookieAndByAddressToo() throws Exception {
        String two = "endpoints: [" + a.entry() + "," + b.entry() + "], loadBalancer: consistent-hash, hash: ";
        try (GatewayFixture gateway = start(two + "{ clientAddress: true }")) {
            assertThat(counts(gateway, 20)).hasSize(1);

            gateway.configure(service(two + "{ cookie: session }"));

            Set<String> seen = new HashSet<>();
            for (int user = 0; user < 50; user++) {
                String cookie = "session=" + user;
                String place = get(gateway, "cookie", cookie);
                assertThat(get(gateway, "cookie", cookie)).isEqualTo(place);
                seen.add(place);
            }
            assertThat(seen).hasSize(2);
        }
    }

    @Test
    void sendsWhereLeastIsUnderWay() throws Exception {
        try (GatewayFixture gateway =
                start("loadBalancer: least-request, endpoints: [" + a.entry() + "," + b.entry() + "]")) {
            a.hold();
            List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int waiting = a.waiting();
                CompletableFuture<HttpResponse<String>> one = later(gateway);
                sent.add(one);
                await().atMost(PATIENCE).until(() -> one.isDone() || a.waiting() > waiting);
            }

            // One on each event loop: from then on, the other has less under way.
            assertThat(a.waiting()).isLessThanOrEqualTo(2);
            a.letGo();
            for (CompletableFuture<HttpResponse<String>> one : sent) {
                assertThat(one.get().statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void sendsWhereAnswersComeSooner() throws Exception {
        try (GatewayFixture gateway =
                start("loadBalancer: peak-ewma, endpoints: [" + a.entry() + "," + b.entry() + "]")) {
            a.takeTime(Duration.ofMillis(500));

            counts(gateway, 100);

            assertThat(b.requests()).isGreaterThan(90);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"round-robin", "random", "least-request", "peak-ewma"})
    void reachesEveryEndpoint(String kind) throws Exception {
        try (GatewayFixture gateway = start(
                "loadBalancer: " + kind + ", endpoints: [" + a.entry() + "," + b.entry() + "," + c.entry() + "]")) {
            await().atMost(PATIENCE).until(() -> {
                gateway.get("/");
                return a.requests() > 0 && b.requests() > 0 && c.requests() > 0;
            });
        }
    }

    @Test
    void looksNamesUpAndUsesTheirAddresses() throws Exception {
        String named = a.url().replace("127.0.0.1", "localhost");
        try (GatewayFixture gateway = start("endpoints: [{ url: \"" + named + "\" }]")) {
            assertThat(gateway.get("/").body()).isEqualTo("a");

            await().atMost(PATIENCE)
                    .until(() -> gateway.send(
                                    gateway.admin("/v1/services/named").build())
                            .body()
                            .contains("\"url\" : \"" + a.url() + "\""));

            assertThat(gateway.get("/").body()).isEqualTo("a");
        }
    }

    @Test
    void keepsWhatItKnowsOfAnEndpointWhenItsServiceChanges() throws Exception {
        try (GatewayFixture gateway = start("endpoints: [" + a.entry() + "]")) {
            gateway.get("/");
            int before = requests(gateway);

            gateway.configure(service("timeouts: { response: 3s }, endpoints: [" + a.entry() + "," + b.entry() + "]"));

            assertThat(before).isEqualTo(1);
            assertThat(requests(gateway)).isEqualTo(before);
        }
    }

    private int requests(GatewayFixture gateway) {
        Service named = Objects.requireNonNull(
                gateway.gateway().snapshot().plan().services().get("named"));
        return (int) named.endpoints().members().getFirst().live().figures().requests();
    }

    private GatewayFixture start(String keys) throws StartException {
        return GatewayFixture.start(directory, service(keys));
    }

    private static String service(String keys) {
        return "  - { name: named, " + keys + " }\nroutes: [{ name: all, service: named }]\n";
    }

    private static Map<String, Integer> counts(GatewayFixture gateway, int requests) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            counts.merge(gateway.get("/").body(), 1, Integer::sum);
        }
        return counts;
    }

    private static Map<Integer, String> callers(GatewayFixture gateway) {
        Map<Integer, String> places = new HashMap<>();
        for (int user = 0; user < 60; user++) {
            places.put(user, get(gateway, "x-user", "user" + user));
        }
        return places;
    }

    private static String get(GatewayFixture gateway, String header, String value) {
        return gateway.send(HttpRequest.newBuilder(gateway.uri("/"))
                        .header(header, value)
                        .build())
                .body();
    }

    private static CompletableFuture<HttpResponse<String>> later(GatewayFixture gateway) {
        return CompletableFuture.supplyAsync(
                () -> gateway.get("/"), command -> Thread.ofVirtual().start(command));
    }
}
