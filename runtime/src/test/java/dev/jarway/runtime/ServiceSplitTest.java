package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.filter;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that lead to several services. */
class ServiceSplitTest {
    @TempDir
    Path directory;

    private final NamedUpstream blue = new NamedUpstream("blue");
    private final NamedUpstream green = new NamedUpstream("green");

    @AfterEach
    void close() {
        List.of(blue, green).forEach(NamedUpstream::close);
    }

    @Test
    void sharesRequestsOutByWeight() throws Exception {
        try (GatewayFixture gateway = start("services: [{ name: blue, weight: 3 }, { name: green }]")) {
            for (int i = 0; i < 800; i++) {
                gateway.get("/");
            }

            assertThat(blue.requests()).isBetween(540, 660);
            assertThat(blue.requests() + green.requests()).isEqualTo(800);
        }
    }

    @Test
    void sendsNothingWhereThereIsNoWeight() throws Exception {
        try (GatewayFixture gateway = start("services: [{ name: blue, weight: 0 }, { name: green }]")) {
            for (int i = 0; i < 50; i++) {
                assertThat(gateway.get("/").body()).isEqualTo("green");
            }
        }
    }

    @Test
    void keepsCallersAtTheirServiceAndMovesOnlyThoseWhoHaveTo() throws Exception {
        String sticky = ", sticky: { header: x-user }";
        try (GatewayFixture gateway = start("services: [{ name: blue }, { name: green }]" + sticky)) {
            Map<Integer, String> before = callers(gateway);
            assertThat(before.values()).contains("blue", "green");
            assertThat(callers(gateway)).isEqualTo(before);

            gateway.configure(services("services: [{ name: blue }, { name: green, weight: 3 }]" + sticky));

            Map<Integer, String> after = callers(gateway);
            assertThat(after).allSatisfy((user, place) -> assertThat(place).isIn("green", before.get(user)));
            assertThat(after).isNotEqualTo(before);
        }
    }

    @Test
    void meetsTheFiltersOfTheServiceThatIsChosen() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                directory,
                services("services: [{ name: blue }, { name: green }], filters: [{ plugin: probe,"
                        + " rules: [{ match: { services: [green] }, config: {} }] }]"),
                FilterSource.answering("probe", "1.0.0", "for green").in(directory))) {
            Map<String, Integer> bodies = new HashMap<>();
            for (int i = 0; i < 60; i++) {
                bodies.merge(gateway.get("/").body(), 1, Integer::sum);
            }

            assertThat(green.requests()).isZero();
            assertThat(bodies).containsOnlyKeys("blue", "for green");
        }
    }

    @Test
    void knowsACallerByWhatTheGatewaysFiltersLeaveOfIt() throws Exception {
        String sticky = ", sticky: { header: x-user }";
        try (GatewayFixture gateway = GatewayFixture.start(
                directory,
                services("services: [{ name: blue }, { name: green }]" + sticky) + "filters: [{ plugin: known }]\n",
                filter("known", "1.0.0", """
                                @Override public Action onRequestHeaders(Request request) {
                                    request.headers().set("x-user", "always the same");
                                    return Action.proceed();
                                }""").in(directory))) {
            assertThat(callers(gateway).values().stream().distinct()).hasSize(1);
        }
    }

    private static Map<Integer, String> callers(GatewayFixture gateway) {
        Map<Integer, String> places = new HashMap<>();
        for (int user = 0; user < 60; user++) {
            places.put(
                    user,
                    gateway.send(HttpRequest.newBuilder(gateway.uri("/"))
                                    .header("x-user", "user" + user)
                                    .build())
                            .body());
        }
        return places;
    }

    private GatewayFixture start(String route) throws StartException {
        return GatewayFixture.start(directory, services(route));
    }

    private String services(String route) {
        return "  - { name: blue, endpoints: [" + blue.entry() + "] }\n"
                + "  - { name: green, endpoints: [" + green.entry() + "] }\n"
                + "routes: [{ name: all, " + route + " }]\n";
    }
}
