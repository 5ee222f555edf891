package dev.jarway.runtime;

import static dev.jarway.runtime.StoppableGateway.answering;
import static dev.jarway.runtime.StoppableGateway.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jarway.loader.testing.PluginJar;
import dev.jarway.runtime.files.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway is killed at random moments while it is changed by all ways that there are. {@code -Dkills=50} kills it that often,
 * {@code -Dseed=…} in the same way once more.
 */
class KillTest {
    private static final Logger log = LoggerFactory.getLogger(KillTest.class);
    private static final int KILLS = Integer.getInteger("kills", 6);
    private static final long SEED = Long.getLong("seed", new Random().nextLong());
    private static final int LONGEST_LIFE_MILLIS = 1500;
    private static final long POLL_NANOS = 5_000_000;

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final Map<Long, State> revisions = new HashMap<>();
    private final List<Path> sent = new ArrayList<>();
    private final List<byte[]> dropped = new ArrayList<>();
    private int texts;

    /** What a gateway runs: the text of its configuration, and the hashes of its plugins by file. */
    private record State(String text, SortedMap<String, String> plugins) {

        State with(String other) {
            return new State(other, plugins);
        }

        State with(String file, String sha256) {
            SortedMap<String, String> changed = new TreeMap<>(plugins);
            changed.put(file, sha256);
            return new State(text, changed);
        }

        State without(String file) {
            SortedMap<String, String> changed = new TreeMap<>(plugins);
            changed.remove(file);
            return new State(text, changed);
        }
    }

    /** A state and the number of its revision. */
    private record Acknowledged(long revision, State state) {}

    /** One life: what was acknowledged last, and what was asked for when it ended. */
    private record Life(Acknowledged last, State underWay, int changes) {}

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(folder());
        answering("1.0.0").in(folder());
        Files.writeString(config(), document("0"));
        for (String version : List.of("1.0.0", "1.1.0")) {
            sent.add(PluginJar.simple("sent", version).in(directory));
            dropped.add(Files.readAllBytes(PluginJar.simple("dropped", version).in(directory)));
        }
    }

    @Test
    @Timeout(
            value = 10,
            unit = TimeUnit.MINUTES) // Fifty lives and starts take more than the three minutes of other tests.
    void startsOnWhatWasAcknowledgedLastWheneverItIsKilled() throws Exception {
        log.info("{} kills, -Dseed={}", KILLS, SEED);
        int changes = 0;
        int halfway = 0;
        KillableGateway gateway = start();
        try (ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor()) {
            Acknowledged now = observe(gateway);
            for (int kill = 0; kill < KILLS; kill++) {
                var alive = gateway;
                var unused = killer.schedule(alive::kill, random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
                Life life = live(gateway, now);
                gateway.close();
                gateway = start();
                now = observe(gateway);

                assertThat(now.state())
                        .as("after kill %d, -Dseed=%d: acknowledged was %s", kill, SEED, life.last())
                        .isIn(life.last().state(), life.underWay());
                if (!now.state().equals(life.underWay())) {
                    assertThat(now.revision())
                            .as("after kill %d, -Dseed=%d", kill, SEED)
                            .isEqualTo(life.last().revision());
                } else if (!life.underWay().equals(life.last().state())) {
                    halfway++;
                }
                changes += life.changes();
            }
        } finally {
            gateway.close();
        }
        log.info("{} kills, {} changes acknowledged, {} under way came to be", KILLS, changes, halfway);
    }

    private KillableGateway start() throws Exception {
        return KillableGateway.start(config(), folder(), directory.resolve("data"));
    }

    /** Changes the gateway in random ways until it is dead. */
    private Life live(KillableGateway gateway, Acknowledged start) throws IOException {
        Acknowledged last = start;
        State underWay = start.state();
        int changes = 0;
        try {
            while (true) {
                Intent intent = intent(last);
                underWay = intent.next();
                long revision = intent.carryOut(gateway, last.revision());
                last = new Acknowledged(revision, underWay);
                revisions.put(revision, underWay);
                changes++;
            }
        } catch (UncheckedIOException dead) {
            return new Life(last, underWay, changes);
        }
    }

    /** What is going to be done, and what that leads to. */
    private interface Intent {
        State next();

        /** Does it, and waits for the acknowledgement; {@link UncheckedIOException} if the gateway has died. */
        long carryOut(KillableGateway gateway, long before) throws IOException;
    }

    private record Asking(State next, Request request) implements Intent {
        @Override
        public long carryOut(KillableGateway gateway, long before) {
            HttpResponse<String> answer = request.send(gateway);
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
            return before + 1; // Nobody else changes anything.
        }

        private interface Request {
            HttpResponse<String> send(KillableGateway gateway);
        }
    }

    private record Touching(State next, Touch touch) implements Intent {
        @Override
        public long carryOut(KillableGateway gateway, long before) throws IOException {
            touch.run();
            long revision = before;
            while (revision == before) {
                LockSupport.parkNanos(POLL_NANOS);
                revision = gateway.get("/v1/status").get("revision").asLong();
            }
            return revision;
        }

        private interface Touch {
            void run() throws IOException;
        }
    }

    private Intent intent(Acknowledged now) throws IOException {
        return switch (random.nextInt(6)) {
            case 0 -> put(now.state());
            case 1 -> {
                String text = nextText();
                yield new Touching(
                        now.state().with(text),
                        () -> StoppableGateway.move(document(text).getBytes(StandardCharsets.UTF_8), config()));
            }
            case 2 -> upload(now.state());
            case 3 -> drop(now.state());
            default -> restore(now);
        };
    }

    private Intent put(State now) {
        String text = nextText();
        return new Asking(
                now.with(text),
                gateway -> gateway.send(gateway.admin("/v1/config")
                        .header("content-type", "application/yaml")
                        .PUT(BodyPublishers.ofString(document(text)))
                        .build()));
    }

    private Intent upload(State now) throws IOException {
        Path jar = sent.get(random.nextInt(sent.size()));
        byte[] content = Files.readAllBytes(jar);
        return new Asking(
                now.with(jar.getFileName().toString(), sha256(content)),
                gateway -> gateway.send(gateway.admin("/v1/plugins")
                        .header("content-type", "application/java-archive")
                        .POST(BodyPublishers.ofByteArray(content))
                        .build()));
    }

    private Intent drop(State now) {
        String present = now.plugins().get("dropped.jar");
        if (present != null && random.nextBoolean()) {
            return new Touching(now.without("dropped.jar"), () -> Files.delete(folder().resolve("dropped.jar")));
        }
        byte[] content = dropped.stream()
                .filter(other -> !sha256(other).equals(present))
                .findFirst()
                .orElseThrow();
        return new Touching(
                now.with("dropped.jar", sha256(content)),
                () -> StoppableGateway.move(content, folder().resolve("dropped.jar")));
    }

    private Intent restore(Acknowledged now) {
        List<Long> known = revisions.keySet().stream().sorted().toList();
        if (known.isEmpty()) {
            return put(now.state());
        }
        long chosen = known.get(random.nextInt(known.size()));
        return new Asking(
                Objects.requireNonNull(revisions.get(chosen)),
                gateway -> gateway.send(gateway.admin("/v1/config/revisions/" + chosen + "/restore")
                        .POST(BodyPublishers.noBody())
                        .build()));
    }

    private String nextText() {
        texts++;
        return String.valueOf(texts);
    }

    private static Acknowledged observe(KillableGateway gateway) {
        JsonNode status = gateway.get("/v1/status");
        assertThat(status.has("fallback")).as(status.toString()).isFalse();
        SortedMap<String, String> plugins = new TreeMap<>();
        for (JsonNode plugin : gateway.get("/v1/plugins")) {
            plugins.put(
                    plugin.get("file").asText(),
                    plugin.path("sha256").asText(plugin.path("reason").asText()));
        }
        String text =
                gateway.get("/v1/config").at("/routes/0/filters/0/config/text").asText();
        assertThat(gateway.get("/v1/config/revisions").get(0).get("revision").asLong())
                .isEqualTo(status.get("revision").asLong());
        return new Acknowledged(status.get("revision").asLong(), new State(text, plugins));
    }

    private static String sha256(byte[] content) {
        return Sha256.of(content);
    }

    private Path config() {
        return directory.resolve("jarway.yaml");
    }

    private Path folder() {
        return directory.resolve("plugins");
    }
}
