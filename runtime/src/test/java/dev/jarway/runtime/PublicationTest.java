package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.plugin;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.loader.testing.PluginJar;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From when on requests see a change: after it has been acknowledged, all of them, on connections old and new. */
class PublicationTest {
    private static final int CHANGES = 40;
    private static final int CONNECTIONS = 8;

    @TempDir
    Path directory;

    /** Each connection asks without pause, and no answer may be older than what was acknowledged before its request. */
    @Test
    void showsNoRequestAnOldConfigurationAfterTheAcknowledgement() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"), numbered(0), number("1.0.0").in(directory))) {
            assertNothingStale(
                    gateway,
                    change -> assertThat(gateway.configure(numbered(change)).statusCode())
                            .isEqualTo(200));
        }
    }

    @Test
    void showsNoRequestAnOldPluginAfterTheAcknowledgement() throws Exception {
        List<Path> versions = new ArrayList<>();
        for (int i = 0; i <= CHANGES; i++) {
            versions.add(number(i + ".0.0").in(directory));
        }
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                filters("{ plugin: number, config: { text: version } }"),
                versions.getFirst())) {
            assertNothingStale(gateway, change -> upload(gateway, versions.get(change)));
        }
    }

    private interface Change {
        void make(int number) throws Exception;
    }

    private static void assertNothingStale(GatewayFixture gateway, Change change) throws Exception {
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        List<String> wrong = new CopyOnWriteArrayList<>();
        List<Thread> askers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            askers.add(Thread.startVirtualThread(() -> {
                try (KeptConnection connection = KeptConnection.to(gateway.port())) {
                    while (!over.get()) {
                        int atLeast = acknowledged.get();
                        int seen = Integer.parseInt(connection.get("/"));
                        asked.incrementAndGet();
                        if (seen < atLeast) {
                            wrong.add(seen + " after " + atLeast);
                        }
                    }
                } catch (Exception e) {
                    wrong.add(e.toString());
                }
            }));
        }
        for (int number = 1; number <= CHANGES; number++) {
            change.make(number);
            acknowledged.set(number);
            int before = asked.get();
            while (wrong.isEmpty() && asked.get() < before + CONNECTIONS) {
                Thread.onSpinWait();
            }
        }
        over.set(true);
        for (Thread asker : askers) {
            asker.join();
        }
        assertThat(wrong).isEmpty();
    }

    private static void upload(GatewayFixture gateway, Path jar) throws Exception {
        HttpResponse<String> answer = gateway.send(gateway.admin("/v1/plugins")
                .header("content-type", "application/java-archive")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Files.readAllBytes(jar)))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static String numbered(int number) {
        return filters("{ plugin: number, config: { text: \"" + number + "\" } }");
    }

    /** Answers with its configuration, or with the first number of its version. */
    private static PluginJar number(String version) {
        return plugin("number", version, "String text", """
                var text = config.text().equals("version") ? "%s" : config.text();
                return exchange -> new Filter() {
                    @Override public Action onRequestHeaders(Request request) {
                        return Action.respond(LocalResponse.of(200, text));
                    }
                };
                """.formatted(version.substring(0, version.indexOf('.'))), "");
    }
}
