package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.StoppableGateway.document;
import static dev.jarway.runtime.StoppableGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.files.Sha256;
import dev.jarway.runtime.history.History;
import dev.jarway.runtime.history.Origin.Author;
import dev.jarway.runtime.history.PluginFile;
import dev.jarway.runtime.history.Revision;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration's file, the drop folder and two users of the admin endpoint change a gateway all at once. */
class RacingChangesTest {
    private static final int ROUNDS = Integer.getInteger("rounds", 25);

    @TempDir
    Path directory;

    private final Queue<Change> acknowledged = new ConcurrentLinkedQueue<>();

    /** A change of the configuration that was answered with 200, and the entity tag that it was meant for. */
    private record Change(long revision, String text, String meantFor) {}

    @Test
    void isOneChangeAfterTheOtherHoweverManyComeAtOnce() throws Exception {
        List<byte[]> jars = new ArrayList<>();
        for (String version : List.of("1.0.0", "1.1.0")) {
            jars.add(Files.readAllBytes(PluginJar.simple("dropped", version).in(directory)));
        }
        try (StoppableGateway gateway = StoppableGateway.over(directory, "0").start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> sources = List.of(
                    () -> administer(gateway, "a"),
                    () -> administer(gateway, "b"),
                    () -> edit(gateway),
                    () -> drop(gateway, jars));
            for (Future<Void> source : threads.invokeAll(sources)) {
                source.get();
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Files.readString(gateway.config()))
                            .isEqualTo(gateway.running()
                                    .snapshot()
                                    .loaded()
                                    .document()
                                    .text()));

            assertThat(acknowledged).hasSizeGreaterThan(ROUNDS / 2);
            History history = gateway.running().history();
            assertIsAChain(history.revisions().reversed(), history);
            assertHasEveryAcknowledgedChange(history);
            assertIsWhatRuns(history.newest().orElseThrow(), gateway);
        }
    }

    /** Each step changes what its author may change, and nothing else; so nobody's change has undone another's. */
    private static void assertIsAChain(List<Revision> revisions, History history) throws IOException {
        for (int i = 1; i < revisions.size(); i++) {
            Revision before = revisions.get(i - 1);
            Revision revision = revisions.get(i);
            assertThat(revision.number()).isEqualTo(before.number() + 1);
            if (revision.origin().author() == Author.FOLDER) {
                assertThat(revision.config()).isEqualTo(before.config());
            } else {
                assertThat(revision.plugins()).isEqualTo(before.plugins());
                assertThat(history.document(revision).text())
                        .isNotEqualTo(history.document(before).text());
            }
        }
    }

    private void assertHasEveryAcknowledgedChange(History history) throws IOException {
        for (Change change : acknowledged) {
            Revision revision = history.find(change.revision()).orElseThrow();
            assertThat(revision.origin().author()).isEqualTo(Author.ADMIN);
            assertThat(history.document(revision).text()).isEqualTo(document(change.text()));
            Revision before = history.before(revision).orElseThrow();
            assertThat(history.document(before).etag()).isEqualTo(change.meantFor());
        }
    }

    private static void assertIsWhatRuns(Revision newest, StoppableGateway gateway) throws IOException {
        ConfigDocument document = gateway.running().history().document(newest);
        assertThat(document.text()).isEqualTo(Files.readString(gateway.config()));
        assertThat(newest.number()).isEqualTo(gateway.running().snapshot().revision());
        TreeMap<String, String> files = new TreeMap<>();
        try (var folder = Files.newDirectoryStream(gateway.folder(), "*.jar")) {
            for (Path file : folder) {
                files.put(file.getFileName().toString(), Sha256.of(file));
            }
        }
        TreeMap<String, String> plugins = new TreeMap<>();
        for (PluginFile plugin : newest.plugins()) {
            plugins.put(plugin.file(), plugin.sha256());
        }
        assertThat(plugins).isEqualTo(files);
    }

    /** Changes what it has seen, and begins again if that was changed meanwhile. */
    private Void administer(StoppableGateway gateway, String name) {
        for (int round = 0; round < ROUNDS; round++) {
            String text = name + round;
            String etag = gateway.running().snapshot().loaded().document().etag();
            HttpResponse<String> answer = gateway.put(document(text), "if-match", etag);
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 412);
            if (answer.statusCode() == 200) {
                acknowledged.add(new Change(json(answer).get("revision").asLong(), text, etag));
            }
        }
        return null;
    }

    private static Void edit(StoppableGateway gateway) throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            String text = "file" + round;
            StoppableGateway.move(document(text).getBytes(StandardCharsets.UTF_8), gateway.config());
            // Taken up, or overwritten by somebody who did not know of it.
            await().atMost(PATIENCE)
                    .until(() -> !Files.readString(gateway.config()).equals(document(text))
                            || gateway.running()
                                    .snapshot()
                                    .loaded()
                                    .document()
                                    .text()
                                    .equals(document(text)));
        }
        return null;
    }

    private static Void drop(StoppableGateway gateway, List<byte[]> jars) throws IOException {
        Path file = gateway.folder().resolve("dropped.jar");
        for (int round = 0; round < ROUNDS; round++) {
            byte[] jar = jars.get(round % jars.size());
            StoppableGateway.move(jar, file);
            await().atMost(PATIENCE)
                    .until(() -> gateway.running().history().newest().orElseThrow().plugins().stream()
                            .anyMatch(plugin -> plugin.file().equals("dropped.jar")
                                    && plugin.sha256().equals(Sha256.of(jar))));
        }
        return null;
    }
}
