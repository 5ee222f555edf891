package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.answering;
import static dev.jarway.runtime.FilterSource.filter;
import static dev.jarway.runtime.FilterSource.plugin;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.loader.testing.PluginJar;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of one plugin side by side: who meets which. */
class VersionsTest {
    @TempDir
    Path directory;

    private GatewayFixture gateway(String routesAndMore) throws StartException {
        return GatewayFixture.start(
                directory.resolve("g"),
                routesAndMore,
                answering("probe", "1.2.0", "old").in(directory),
                answering("probe", "1.3.0", "new").in(directory));
    }

    private static String split(int older, int newer, String more) {
        return "{ plugin: probe, versions: { 1.2.0: " + older + ", 1.3.0: " + newer + " }" + more + " }";
    }

    @Test
    void sharesRequestsOutByWeight() throws Exception {
        try (GatewayFixture gateway = gateway(filters(split(90, 10, "")));
                KeptConnection connection = KeptConnection.to(gateway.port())) {
            Map<String, Integer> answers = new HashMap<>();

            for (int i = 0; i < 2_000; i++) {
                answers.merge(connection.get("/"), 1, Integer::sum);
            }

            // 200 expected; the standard deviation is 13.4, and these are eight of them.
            assertThat(answers.getOrDefault("new", 0)).isBetween(93, 307);
            assertThat(answers.getOrDefault("old", 0)).isBetween(1_693, 1_907);
        }
    }

    @Test
    void givesEachCallerOneVersionAndMovesFewWhenSharesChange() throws Exception {
        try (GatewayFixture gateway = gateway(filters(split(80, 20, ", sticky: { header: X-User }")))) {
            Map<String, String> before = versionsOfUsers(gateway);
            assertThat(versionsOfUsers(gateway)).isEqualTo(before);
            assertThat(before).containsValues("old", "new");

            gateway.configure(filters(split(60, 40, ", sticky: { header: X-User }")));

            versionsOfUsers(gateway)
                    .forEach((user, now) -> assertThat(now.equals(before.get(user)) || now.equals("new"))
                            .as(user)
                            .isTrue());
        }
    }

    private static Map<String, String> versionsOfUsers(GatewayFixture gateway) {
        Map<String, String> versions = new HashMap<>();
        for (int user = 0; user < 100; user++) {
            HttpRequest request = HttpRequest.newBuilder(gateway.uri("/"))
                    .header("x-user", "user-" + user)
                    .build();
            versions.put("user-" + user, gateway.send(request).body());
        }
        return versions;
    }

    @Test
    void knowsCallersByCookieOrAddressToo() throws Exception {
        try (GatewayFixture gateway = gateway(filters(split(50, 50, ", sticky: { clientAddress: true }")))) {
            assertThat(answers(gateway, 20, "x-any", "1")).hasSize(1);

            gateway.configure(filters(split(50, 50, ", sticky: { cookie: session }")));
            assertThat(answers(gateway, 20, "cookie", "a=b; session=s7; c=d")).hasSize(1);

            // Without the cookie it is chance; the probability of 60 times the same is 2 to the -59.
            assertThat(answers(gateway, 60, "cookie", "a=b")).hasSize(2);
        }
    }

    private static Set<String> answers(GatewayFixture gateway, int count, String name, String value) {
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < count; i++) {
            answers.add(gateway.send(HttpRequest.newBuilder(gateway.uri("/"))
                            .header(name, value)
                            .build())
                    .body());
        }
        return answers;
    }

    @Test
    void selectsByHeaderBeforeTheSharesAreLookedAt() throws Exception {
        try (GatewayFixture gateway = gateway(filters(split(
                1,
                0,
                ", select: [ { match: { headers: { x-canary: \"1\" } }, version: 1.3.0 },"
                        + " { match: { headers: { x-canary: \"~[a-c]+\" } }, version: 1.3.0 } ]")))) {
            assertThat(answers(gateway, 3, "x-canary", "1")).containsExactly("new");
            assertThat(answers(gateway, 3, "x-canary", "abc")).containsExactly("new");
            assertThat(answers(gateway, 3, "x-canary", "2")).containsExactly("old");
        }
    }

    @Test
    void selectsByConsumerThatAFilterBeforeHasFound() throws Exception {
        String alices = ", select: [ { match: { consumers: [alice] }, version: 1.3.0 } ]";
        try (GatewayFixture gateway = gatewayThatKnowsConsumers(split(1, 0, alices))) {
            assertThat(answers(gateway, 2, "x-key", "a")).containsExactly("new");
            assertThat(answers(gateway, 2, "x-key", "b")).containsExactly("old");
            assertThat(answers(gateway, 2, "x-key", "c")).containsExactly("old");
        }
    }

    @Test
    void keepsAConsumerWithOneVersion() throws Exception {
        try (GatewayFixture gateway = gatewayThatKnowsConsumers(split(50, 50, ", sticky: { consumer: true }"))) {
            assertThat(answers(gateway, 20, "x-key", "a")).hasSize(1);
            assertThat(answers(gateway, 20, "x-key", "b")).hasSize(1);

            // Who is nobody's consumer is placed by chance; the probability of 60 times the same is 2 to the -59.
            assertThat(answers(gateway, 60, "x-key", "c")).hasSize(2);
        }
    }

    private GatewayFixture gatewayThatKnowsConsumers(String entry) throws Exception {
        Path authn = plugin(
                        "authn",
                        "1.0.0",
                        "",
                        "return exchange -> new Filter() { @Override public Action onRequestHeaders(Request request) {"
                                + " request.headers().get(\"x-key\").flatMap(context.consumers()::find)"
                                + ".ifPresent(exchange::setConsumer); return Action.proceed(); } };",
                        "public record Credential(@Index String key) {}"
                                + "@Override public java.util.Optional<Class<? extends Record>> credentialType() {"
                                + " return java.util.Optional.of(Credential.class); }")
                .in(directory);
        return GatewayFixture.start(
                directory.resolve("g"),
                "consumers: [ { name: alice, credentials: { authn: { key: a } } },"
                        + " { name: bob, credentials: { authn: { key: b } } } ]\n"
                        + filters("{ plugin: authn }, " + entry),
                authn,
                answering("probe", "1.2.0", "old").in(directory),
                answering("probe", "1.3.0", "new").in(directory));
    }

    @Test
    void meetsOneVersionInAllPlacesAndAllMethodsWhateverIsStreamedOrRerouted() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                "filters: [ " + named("first") + " ]\n"
                        + "routes:\n"
                        + "  - { name: a, match: { path: /a }, service: echo, filters: [ " + named("second")
                        + ", { plugin: turn } ] }\n"
                        + "  - { name: b, match: { path: /b }, service: echo, filters: [ " + named("second") + ", "
                        + named("third") + " ] }\n",
                signing("1.2.0").in(directory),
                signing("1.3.0").in(directory),
                turning().in(directory))) {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 60; i++) {
                List<String> versions = signatures(gateway);
                // Three entries; of each, the request's headers, its body in one piece or two, and the response's
                // headers.
                assertThat(versions).hasSizeBetween(9, 12);
                assertThat(new HashSet<>(versions)).hasSize(1);
                seen.addAll(versions);
            }
            assertThat(seen).containsExactlyInAnyOrder("1.2.0", "1.3.0");
        }
    }

    private static String named(String name) {
        return "{ plugin: sign, name: " + name + ", versions: { 1.2.0: 50, 1.3.0: 50 } }";
    }

    /** Writes its version wherever it comes by. */
    private static PluginJar signing(String version) {
        String sign = "exchange.setAttribute(SEEN, exchange.attribute(SEEN).orElse(\"\") + \"" + version + ";\");";
        return plugin(
                "sign",
                version,
                "",
                "return exchange -> new Filter() {"
                        + " @Override public Action onRequestHeaders(Request request) { " + sign
                        + " return Action.proceed(); }"
                        + " @Override public Action onRequestData(Chunk chunk) { if (chunk.bytes().length() > 0) {"
                        + sign
                        + "} return Action.proceed(); }"
                        + " @Override public Action onResponseHeaders(Response response) { " + sign
                        + " response.headers().set(\"x-seen\", response.headers().get(\"x-seen\").orElse(\"\")"
                        + " + exchange.attribute(SEEN).orElse(\"\")); exchange.setAttribute(SEEN, \"\");"
                        + " return Action.proceed(); } };",
                "static final Key<String> SEEN = Key.of(\"seen\", String.class);");
    }

    private static PluginJar turning() {
        return filter(
                "turn",
                "1.0.0",
                "@Override public Action onRequestHeaders(Request request) { request.setTarget(\"/b\");"
                        + " return Action.reroute(); }");
    }

    private static List<String> signatures(GatewayFixture gateway) throws Exception {
        try (TricklingUpload upload = TricklingUpload.to(gateway.port(), "/a")) {
            upload.send("one ");
            upload.send("two");
            String answer = upload.finish();
            List<String> versions = new ArrayList<>();
            answer.lines()
                    .filter(line -> line.startsWith("x-seen:"))
                    .forEach(line -> versions.addAll(
                            List.of(line.substring("x-seen:".length()).strip().split(";"))));
            assertThat(answer).contains("one two");
            return versions;
        }
    }

    @Test
    void refusesVersionsThatAreAbsentUnlessTheEntryIsOptional() throws Exception {
        try (GatewayFixture gateway = gateway(filters(split(1, 1, "")))) {
            String absent = "{ plugin: probe, versions: { 1.2.0: 1, 1.4.0: 99 }%s }";

            assertThat(gateway.configure(filters(absent.formatted(""))).body())
                    .contains("/routes/0/filters/0/versions/1.4.0", "no plugin 'probe@1.4.0' is present");

            assertThat(gateway.configure(filters(absent.formatted(", optional: true")))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(answers(gateway, 10, "x-any", "1")).containsExactly("old");
            assertThat(gateway.status()).contains("plugin 'probe@1.4.0' is absent");
        }
    }

    @Test
    void keepsThePluginOfAVersionThatGetsCompany() throws Exception {
        String counting = "var count = new java.util.concurrent.atomic.AtomicInteger();"
                + " return exchange -> new Filter() { @Override public Action onRequestHeaders(Request request) {"
                + " return Action.respond(LocalResponse.of(200, \"%s \" + count.incrementAndGet())); } };";
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                filters("{ plugin: probe@1.2.0 }"),
                plugin("probe", "1.2.0", "", counting.formatted("old"), "").in(directory),
                plugin("probe", "1.3.0", "", counting.formatted("new"), "").in(directory))) {
            assertThat(gateway.get("/").body()).isEqualTo("old 1");

            gateway.configure(filters(split(1, 0, "")));

            assertThat(gateway.get("/").body()).isEqualTo("old 2");
        }
    }

    @Test
    void refusesAConfigurationThatOneOfTheVersionsDoesNotTake() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                filters("{ plugin: probe@1.2.0, config: { text: hello } }"),
                answering("probe", "1.2.0", "old").in(directory),
                plugin("probe", "1.3.0", "int number", "return exchange -> new Filter() {};", "")
                        .in(directory))) {

            String refused = gateway.configure(
                            filters("{ plugin: probe, versions: { 1.2.0: 1, 1.3.0: 1 }, config: { text: hello } }"))
                    .body();

            assertThat(refused).contains("/routes/0/filters/0/config/number", "/routes/0/filters/0/config/text");
            assertThat(gateway.get("/").body()).isEqualTo("old");
        }
    }
}
