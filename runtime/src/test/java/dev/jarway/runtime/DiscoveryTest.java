package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugins that find the endpoints of a service. */
class DiscoveryTest {
    private static final String FOUND = "discovery.found";

    @TempDir
    Path directory;

    private final NamedUpstream a = new NamedUpstream("a");
    private final NamedUpstream b = new NamedUpstream("b");

    @AfterEach
    void close() {
        a.close();
        b.close();
        Stream.of("", ".watched", ".tried").forEach(kind -> System.clearProperty(FOUND + kind));
    }

    @Test
    void sendsRequestsToWhatAPluginFinds() throws Exception {
        System.setProperty(FOUND, a.url());
        try (GatewayFixture gateway = start("1.0.0")) {
            assertThat(gateway.get("/").body()).isEqualTo("a");

            System.setProperty(FOUND, b.url());
            await().atMost(PATIENCE).until(() -> gateway.get("/").body().equals("b"));

            System.setProperty(FOUND, "");
            await().atMost(PATIENCE).until(() -> gateway.get("/").statusCode() == 503);
            assertThat(gateway.get("/").body()).contains("NO_ENDPOINT").doesNotContain("found");
            assertThat(gateway.status()).contains("service 'found': no endpoint is known");
        }
    }

    @Test
    void goesOnWithWhatWasFoundWhenThePluginIsReplaced() throws Exception {
        System.setProperty(FOUND, a.url());
        try (GatewayFixture gateway = start("1.0.0")) {
            assertThat(gateway.get("/").body()).isEqualTo("a");

            // It never says anything.
            discovery("finder", "1.1.0", "return endpoints -> {};").in(gateway.folder());
            await().atMost(PATIENCE).until(() -> gateway.status().contains("finder@1.1.0#2"));
            Files.delete(gateway.folder().resolve("finder-1.0.0.jar"));
            await().atMost(PATIENCE).until(() -> !gateway.status().contains("finder@1.0.0#1"));

            assertThat(gateway.get("/").body()).isEqualTo("a");
        }
    }

    @Test
    void keepsThePluginWhenAnotherPartOfTheConfigurationChanges() throws Exception {
        System.setProperty(FOUND, a.url());
        try (GatewayFixture gateway = start("1.0.0")) {
            gateway.configure(service("loadBalancer: random, "));
            gateway.configure(service("") + "accessLog: { enabled: false }\n");

            assertThat(gateway.get("/").body()).isEqualTo("a");
            assertThat(System.getProperty(FOUND + ".watched")).isEqualTo("1");
        }
    }

    @Test
    void sendsWhatHasWaitedThroughAChangeToWhatIsFoundByThen() throws Exception {
        System.setProperty(FOUND, a.url());
        String limited = "limits: { connections: 1, pendingFor: 1m }, ";
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"), service(limited), finding("1.0.0").in(directory))) {
            a.hold();
            CompletableFuture<String> first = ask(gateway);
            await().atMost(PATIENCE).until(() -> a.waiting() == 1);
            CompletableFuture<String> second = ask(gateway);
            await().atMost(PATIENCE).until(() -> found(gateway).contains("\"pendingRequests\" : 1"));

            assertThat(gateway.configure(service("loadBalancer: random, " + limited))
                            .statusCode())
                    .isEqualTo(200);
            System.setProperty(FOUND, b.url());
            await().atMost(PATIENCE).until(() -> found(gateway).contains(b.url()));
            a.letGo();

            assertThat(first.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("a");
            assertThat(second.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("b");
        }
    }

    @Test
    void refusesAChangeWhosePluginDoesNotBegin() throws Exception {
        System.setProperty(FOUND, a.url());
        try (GatewayFixture gateway = start("1.0.0")) {
            System.setProperty(FOUND, "nonsense");

            HttpResponse<String> refused = gateway.configure("""
                      - { name: found, discovery: { plugin: finder, config: { text: other } } }
                    routes: [{ name: all, service: found }]
                    """);

            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("/services/2/discovery/config", "nonsense");
            assertThat(gateway.get("/").body()).isEqualTo("a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"finder", "mute"})
    void noticesWhatIsFoundWhileAConfigurationIsBeingMade(String plugin) throws Exception {
        System.setProperty(FOUND, a.url());
        Path mute = discovery("mute", "1.0.0", "return endpoints -> {};").in(directory);
        try (SlowPlugin slow = new SlowPlugin();
                GatewayFixture gateway =
                        start(finding("1.0.0").in(directory), mute, slow.jar().in(directory))) {
            assertThat(gateway.get("/").body()).isEqualTo("a");
            CompletableFuture<Integer> change = CompletableFuture.supplyAsync(
                    () -> gateway.configure("""
                      - { name: found, loadBalancer: random, discovery: { plugin: %s } }
                      - { name: late, discovery: { plugin: slow } }
                    routes: [{ name: all, service: found }]
                    """.formatted(plugin)).statusCode());
            slow.awaitBegin();

            System.setProperty(FOUND, "");
            await().atMost(PATIENCE).until(() -> gateway.get("/").statusCode() == 503);
            slow.letGo();
            assertThat(change.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(200);

            await().atMost(PATIENCE).until(() -> gateway.get("/").statusCode() == 503);
        }
    }

    @Test
    void takesNoEndpointWithAPortThatThereIsNot() throws Exception {
        System.setProperty(FOUND, a.url());
        try (GatewayFixture gateway = start("1.0.0")) {
            System.setProperty(FOUND, "http://127.0.0.1:70000");
            // Twice, for by then it has said so once.
            for (int i = 0; i < 2; i++) {
                System.clearProperty(FOUND + ".tried");
                await().atMost(PATIENCE)
                        .until(() -> System.getProperty(FOUND + ".tried", "").endsWith(":70000"));
            }

            assertThat(gateway.configure(service("loadBalancer: random, ")).statusCode())
                    .isEqualTo(200);
            assertThat(gateway.get("/").body()).isEqualTo("a");

            System.setProperty(FOUND, b.url());
            await().atMost(PATIENCE).until(() -> gateway.get("/").body().equals("b"));
        }
    }

    @Test
    void refusesAFilterAsADiscoveryAndAPluginThatIsNotThere() throws Exception {
        System.setProperty(FOUND, a.url());
        try (GatewayFixture gateway = start("1.0.0")) {
            FilterSource.answering("answer", "1.0.0", "x").in(gateway.folder());
            await().atMost(PATIENCE)
                    .until(() -> gateway.gateway().plugins().all().size() == 2);

            assertThat(gateway.configure(
                                    "  - { name: found, discovery: { plugin: answer } }\nroutes: [{ name: all, service: found }]\n")
                            .body())
                    .contains("made no DiscoveryPlugin in create", "one, as the discovery of a service");
            assertThat(gateway.configure(
                                    "  - { name: found, discovery: { plugin: absent } }\nroutes: [{ name: all, service: found }]\n")
                            .body())
                    .contains("/services/2/discovery", "no plugin 'absent' is present");
        }
    }

    private static CompletableFuture<String> ask(GatewayFixture gateway) {
        return CompletableFuture.supplyAsync(
                () -> gateway.get("/").body(), command -> Thread.ofVirtual().start(command));
    }

    private static String found(GatewayFixture gateway) {
        return gateway.send(gateway.admin("/v1/services/found").build()).body();
    }

    private GatewayFixture start(String version) throws Exception {
        return start(finding(version).in(directory));
    }

    private GatewayFixture start(Path... plugins) throws Exception {
        return GatewayFixture.start(directory.resolve("g"), service(""), plugins);
    }

    private static String service(String more) {
        return "  - { name: found, " + more
                + "discovery: { plugin: finder } }\nroutes: [{ name: all, service: found }]\n";
    }

    /** It finds what the system property says, and looks again and again. */
    private static PluginJar finding(String version) {
        return discovery("finder", version, """
                System.setProperty("FOUND.watched", "" + (Integer.getInteger("FOUND.watched", 0) + 1));
                return endpoints -> {
                    endpoints.replace(found());
                    context.scheduler().every(java.time.Duration.ofMillis(20), () -> endpoints.replace(found()));
                };
                """.replace("FOUND", FOUND));
    }

    private static PluginJar discovery(String id, String version, String create) {
        return PluginJar.of(id, version)
                .source("acme.Finder", """
                        package acme;
                        import dev.jarway.plugin.Default;
                        import dev.jarway.plugin.DiscoveryPlugin;
                        import dev.jarway.plugin.Endpoint;
                        import dev.jarway.plugin.PluginContext;
                        import dev.jarway.plugin.PluginFactory;
                        import java.util.List;
                        public final class Finder implements PluginFactory<Finder.Config> {
                            public record Config(@Default("") String text) {}
                            @Override public Class<Config> configType() { return Config.class; }
                            static List<Endpoint> found() {
                                String url = System.getProperty("FOUND", "");
                                System.setProperty("FOUND.tried", url);
                                return url.isEmpty() ? List.of() : List.of(Endpoint.of(url));
                            }
                            @Override public DiscoveryPlugin create(Config config, PluginContext context) {
                                CREATE
                            }
                        }
                        """.replace("FOUND", FOUND).replace("CREATE", create))
                .service("acme.Finder");
    }

    /** A plugin that keeps a change waiting until it is let go. */
    private static final class SlowPlugin implements AutoCloseable {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);

        SlowPlugin() {
            System.getProperties().put(FOUND + ".begun", begun);
            System.getProperties().put(FOUND + ".go", go);
        }

        PluginJar jar() {
            return discovery("slow", "1.0.0", """
                    return endpoints -> {
                        ((java.util.concurrent.CountDownLatch) System.getProperties().get("FOUND.begun")).countDown();
                        ((java.util.concurrent.CountDownLatch) System.getProperties().get("FOUND.go")).await();
                    };
                    """.replace("FOUND", FOUND));
        }

        void awaitBegin() throws InterruptedException {
            assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        void letGo() {
            go.countDown();
        }

        @Override
        public void close() {
            letGo();
            System.getProperties().remove(FOUND + ".begun");
            System.getProperties().remove(FOUND + ".go");
        }
    }
}
