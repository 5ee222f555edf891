package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.ProbeJar.OPTIONAL;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.snapshot.Inventory.JarFile;
import dev.jarway.runtime.snapshot.PluginType;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to files, in the drop folder of a gateway that runs. Each is told here once, with requests as witnesses. */
class FileHazardsTest {
    private static final byte[] ONE = ProbeJar.saying("one");
    private static final byte[] TWO = ProbeJar.saying("two");
    private static final String NO_PLUGIN = "/";

    @TempDir
    Path directory;

    @Test
    void takesNoJarThatIsCopiedAtOneKilobytePerSecondBeforeItIsWhole() throws Exception {
        byte[] two = FilterSource.answering("probe", "1.0.0", "two").bytes();
        try (GatewayFixture gateway = start(ONE)) {
            for (int from = 0; from < two.length; from += 1_024) {
                byte[] piece = Arrays.copyOfRange(two, from, Math.min(two.length, from + 1_024));
                Files.write(probe(), piece, from == 0 ? TRUNCATE_EXISTING : APPEND);
                if (from + piece.length < two.length) {
                    answersFor(gateway, Duration.ofSeconds(1), "one");
                    assertThat(unfit(gateway)).isEmpty();
                }
            }

            awaitAnswer(gateway, "two");
            assertThat(loads(gateway)).isEqualTo(2);
        }
    }

    @Test
    void saysSoWhenACopyStallsAndTakesItOnceItIsWhole() throws Exception {
        byte[] two = FilterSource.answering("probe", "1.0.0", "two").bytes();
        try (GatewayFixture gateway = start(ONE)) {
            Files.write(probe(), Arrays.copyOf(two, two.length / 2));

            await().atMost(PATIENCE).until(() -> gateway.status().contains("probe.jar: cannot be opened"));
            assertThat(gateway.get("/").body()).isEqualTo("one");
            Files.write(probe(), Arrays.copyOfRange(two, two.length / 2, two.length), APPEND);

            awaitAnswer(gateway, "two");
            assertThat(unfit(gateway)).isEmpty();
        }
    }

    @Test
    void takesTheLastOfFiftyRewritesInASecondAndLoadsThreeAtMost() throws Exception {
        try (GatewayFixture gateway = start(ONE)) {
            long due = System.nanoTime();
            for (int i = 1; i <= 50; i++) {
                Files.write(probe(), i == 50 ? TWO : ProbeJar.padded(Arrays.copyOf(ONE, ONE.length - i)));
                due += Duration.ofMillis(20).toNanos();
                pause(Duration.ofNanos(due - System.nanoTime()));
            }

            awaitAnswer(gateway, "two");
            assertThat(loads(gateway)).isLessThanOrEqualTo(1 + 3);
        }
    }

    @Test
    void takesAJarThatIsRenamedIn() throws Exception {
        try (GatewayFixture gateway = start()) {
            Path temporary = Files.write(directory.resolve("plugins/probe.jar.part"), ONE);
            Files.move(temporary, probe(), ATOMIC_MOVE);
            awaitAnswer(gateway, "one");

            Files.write(temporary, TWO);
            Files.move(temporary, probe(), ATOMIC_MOVE, REPLACE_EXISTING);
            awaitAnswer(gateway, "two");
            assertThat(loads(gateway)).isEqualTo(2);
        }
    }

    @Test
    void takesAJarThatIsDeletedOverTheAdminEndpointAndCopiedBackAtOnce() throws Exception {
        try (GatewayFixture gateway = start(ONE)) {
            HttpRequest deletion =
                    gateway.admin("/v1/plugins/probe/1.0.0?force=true").DELETE().build();
            assertThat(gateway.send(deletion).statusCode()).isBetween(200, 204);
            Files.write(probe(), ONE);

            awaitAnswer(gateway, "one");
        }
    }

    @Test
    void followsTheSymlinkSwapOfAMountedVolume() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("plugins"));
        Files.write(Files.createDirectory(folder.resolve("..1")).resolve("probe.jar"), ONE);
        Files.write(Files.createDirectory(folder.resolve("..2")).resolve("probe.jar"), TWO);
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(probe(), Path.of("..data/probe.jar"));
        try (GatewayFixture gateway = start()) {
            assertThat(gateway.get("/").body()).isEqualTo("one");

            Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
            Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), ATOMIC_MOVE, REPLACE_EXISTING);

            awaitAnswer(gateway, "two");
            assertThat(loads(gateway)).isEqualTo(2);
        }
    }

    @Test
    void takesOtherBytesOfTheSameSizeAndTime() throws Exception {
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        Files.createDirectories(directory.resolve("plugins"));
        Files.setLastModifiedTime(Files.write(probe(), ONE), time);
        try (GatewayFixture gateway = start()) {
            Path other = Files.write(directory.resolve("plugins/probe.jar.part"), TWO);
            Files.setLastModifiedTime(other, time);

            Files.move(other, probe(), ATOMIC_MOVE, REPLACE_EXISTING);

            assertThat(TWO).hasSameSizeAs(ONE);
            awaitAnswer(gateway, "two");
        }
    }

    @Test
    void loadsNothingAgainBecauseOfAnotherTime() throws Exception {
        try (GatewayFixture gateway = start(ONE)) {
            Files.setLastModifiedTime(probe(), FileTime.fromMillis(1_700_000_000_000L));
            awaitALook(gateway);

            assertThat(probeGeneration(gateway)).isEqualTo(1);
        }
    }

    @Test
    void findsAChangeAmongMoreEventsThanTheFileSystemReports() throws Exception {
        try (GatewayFixture gateway = start(ONE)) {
            for (int i = 0; i < 3_000; i++) {
                Files.createFile(directory.resolve("plugins/noise-" + i));
                if (i == 1_500) {
                    Files.write(probe(), TWO);
                }
            }

            awaitAnswer(gateway, "two");
        }
    }

    @Test
    void goesOnWithoutAPluginWhoseJarIsDeleted() throws Exception {
        try (GatewayFixture gateway = start(ONE)) {
            assertThat(gateway.get("/").body()).isEqualTo("one");

            Files.delete(probe());

            awaitAnswer(gateway, NO_PLUGIN);
        }
    }

    @Test
    void takesAJarAgainThatWasDeletedAndComesBack() throws Exception {
        try (GatewayFixture gateway = start(ONE)) {
            Files.delete(probe());
            awaitAnswer(gateway, NO_PLUGIN);
            Files.write(probe(), ONE);
            awaitAnswer(gateway, "one");
            Files.delete(probe());
            awaitAnswer(gateway, NO_PLUGIN);
            Files.write(probe(), TWO);
            awaitAnswer(gateway, "two");
        }
    }

    @Test
    void noticesNothingWhenAJarIsDeletedAndIsBackAtOnceWithTheSameBytes() throws Exception {
        try (GatewayFixture gateway = start(ONE)) {
            Files.delete(probe());
            Files.write(probe(), ONE);
            awaitALook(gateway);

            assertThat(gateway.get("/").body()).isEqualTo("one");
            assertThat(probeGeneration(gateway)).isEqualTo(1);
        }
    }

    @Test
    void swapsWithoutAGapWhenAJarIsDeletedAndIsBackAtOnceWithOtherBytes() throws Exception {
        try (GatewayFixture gateway = start(ONE)) {
            Files.delete(probe());
            Files.write(probe(), TWO);

            await().atMost(PATIENCE).until(() -> {
                String answer = gateway.get("/").body();
                assertThat(answer).isIn("one", "two");
                return answer.equals("two");
            });
        }
    }

    @Test
    void servesOnWhileTheJarInUseIsOverwrittenInPlace() throws Exception {
        byte[] jar = FilterSource.plugin(
                        "probe",
                        "1.0.0",
                        "String text",
                        """
                return exchange -> new Filter() {
                    @Override public Action onRequestHeaders(Request request) {
                        String answer = request.path().equals("/late") ? Late.TEXT.toString() : "one";
                        return Action.respond(LocalResponse.of(200, answer));
                    }
                };""",
                        "enum Late { TEXT; @Override public String toString() { return \"late\"; } }")
                .bytes();
        try (GatewayFixture gateway = start(jar)) {
            assertThat(gateway.get("/").body()).isEqualTo("one");

            Files.write(probe(), new byte[jar.length]);

            assertThat(gateway.get("/late").body()).isEqualTo("late");
        }
    }

    @Test
    void goesOnWithoutItsPluginsWhenTheFolderIsDeletedAndTakesThoseOfTheNextOne() throws Exception {
        try (GatewayFixture gateway = start(ONE)) {
            Files.delete(probe());
            Files.delete(gateway.folder());
            awaitAnswer(gateway, NO_PLUGIN);

            Files.createDirectory(gateway.folder());
            Files.write(probe(), TWO);

            awaitAnswer(gateway, "two");
        }
    }

    @Test
    void noticesNothingWhenTheFolderIsRenamedAwayAndBackAtOnce() throws Exception {
        try (GatewayFixture gateway = start(ONE)) {
            Files.move(gateway.folder(), directory.resolve("away"));
            Files.move(directory.resolve("away"), gateway.folder());
            awaitALook(gateway);

            assertThat(probeGeneration(gateway)).isEqualTo(1);
        }
    }

    @Test
    void takesTheFolderBackThatWasRenamedAway() throws Exception {
        try (GatewayFixture gateway = start(ONE)) {
            Files.move(gateway.folder(), directory.resolve("away"));
            awaitAnswer(gateway, NO_PLUGIN);

            Files.move(directory.resolve("away"), gateway.folder());
            awaitAnswer(gateway, "one");
            Files.write(probe(), TWO);
            awaitAnswer(gateway, "two");
        }
    }

    @Test
    void followsASymbolicLinkThatTakesTheFoldersPlace() throws Exception {
        try (GatewayFixture gateway = start(ONE)) {
            Path release1 = directory.resolve("release-1");
            Path release2 = Files.createDirectory(directory.resolve("release-2"));
            Files.write(release2.resolve("probe.jar"), TWO);

            Files.move(gateway.folder(), release1);
            Files.createSymbolicLink(gateway.folder(), release2);
            awaitAnswer(gateway, "two");

            Files.createSymbolicLink(directory.resolve("next"), release1);
            Files.move(directory.resolve("next"), gateway.folder(), ATOMIC_MOVE, REPLACE_EXISTING);
            awaitAnswer(gateway, "one");
        }
    }

    private GatewayFixture start(byte[]... probe) throws Exception {
        Files.createDirectories(directory.resolve("plugins"));
        if (probe.length > 0) {
            Files.write(probe(), probe[0]);
        }
        return GatewayFixture.start(directory, OPTIONAL);
    }

    private Path probe() {
        return directory.resolve("plugins/probe.jar");
    }

    private static void awaitAnswer(GatewayFixture gateway, String answer) {
        await().atMost(PATIENCE).until(() -> gateway.get("/").body().equals(answer));
    }

    /** Requests for that long, each with this answer. */
    private static void answersFor(GatewayFixture gateway, Duration length, String answer) {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            assertThat(gateway.get("/").body()).isEqualTo(answer);
            pause(Duration.ofMillis(10));
        }
    }

    /** Until the gateway has seen all that was done to the folder before. */
    private static void awaitALook(GatewayFixture gateway) throws IOException {
        Files.write(
                gateway.folder().resolve("witness.jar"),
                FilterSource.answering("witness", "1.0.0", "").bytes());
        await().atMost(PATIENCE).until(() -> gateway.gateway().plugins().files().containsKey("witness.jar"));
    }

    private static void pause(Duration length) {
        if (length.isPositive()) {
            await().pollDelay(length).pollInterval(Duration.ofMillis(1)).until(() -> true);
        }
    }

    private static List<String> unfit(GatewayFixture gateway) {
        return gateway.gateway().plugins().files().entrySet().stream()
                .filter(file -> file.getValue() instanceof JarFile.Unfit)
                .map(file -> file.getKey())
                .toList();
    }

    /** How many JARs have been loaded since the start: generations are counted. */
    private static long loads(GatewayFixture gateway) {
        return gateway.gateway().plugins().all().stream()
                .mapToLong(type -> type.generation().identity().generation())
                .max()
                .orElse(0);
    }

    private static long probeGeneration(GatewayFixture gateway) {
        return gateway.gateway().plugins().all().stream()
                .map(PluginType::generation)
                .filter(generation -> generation.description().id().equals("probe"))
                .mapToLong(generation -> generation.identity().generation())
                .max()
                .orElse(0);
    }
}
