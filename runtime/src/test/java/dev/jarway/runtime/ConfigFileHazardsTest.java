package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to files, to the configuration file of a gateway that runs. Each is told here once, with requests as witnesses. */
class ConfigFileHazardsTest {
    private static final int KILOBYTE = 1_024;

    @TempDir
    Path directory;

    @Test
    void takesNoFileThatIsWrittenAtOneKilobytePerSecondBeforeItIsWhole() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, routes(20, "old"))) {
            List<String> pieces = pieces(gateway.document(routes(20, "new")));
            for (String piece : pieces) {
                Files.writeString(
                        gateway.configFile(), piece, piece.equals(pieces.getFirst()) ? TRUNCATE_EXISTING : APPEND);
                if (!piece.equals(pieces.getLast())) {
                    // Every piece ends with a line: each beginning of the file is a configuration of its own.
                    serves(gateway, "/19", Duration.ofSeconds(1));
                }
            }

            await().atMost(PATIENCE).until(() -> gateway.get("/new").statusCode() == 200);
            assertThat(pieces).hasSizeGreaterThan(1);
            assertThat(gateway.get("/19").statusCode()).isEqualTo(200);
            assertThat(revision(gateway)).isEqualTo(2);
        }
    }

    @Test
    void takesTheLastOfFiftyRewritesInASecondAndPublishesThreeAtMost() throws Exception {
        try (GatewayFixture gateway = start()) {
            long due = System.nanoTime();
            for (int i = 1; i <= 50; i++) {
                Files.writeString(gateway.configFile(), document(gateway, i == 50 ? "two" : "r" + i));
                due += Duration.ofMillis(20).toNanos();
                pause(Duration.ofNanos(due - System.nanoTime()));
            }

            awaitInForce(gateway, "two");
            assertThat(revision(gateway)).isLessThanOrEqualTo(1 + 3);
        }
    }

    @Test
    void takesAFileThatIsRenamedIn() throws Exception {
        try (GatewayFixture gateway = start()) {
            renameIn(gateway.configFile(), document(gateway, "two"));

            awaitInForce(gateway, "two");
        }
    }

    @Test
    void followsTheSymlinkSwapOfAMountedVolume() throws Exception {
        Path volume = Files.createDirectory(directory.resolve("volume"));
        Files.createDirectory(volume.resolve("..1"));
        Files.createDirectory(volume.resolve("..2"));
        Files.createSymbolicLink(volume.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(volume.resolve("jarway.yaml"), Path.of("..data/jarway.yaml"));
        Files.createSymbolicLink(directory.resolve("jarway.yaml"), volume.resolve("jarway.yaml"));
        try (GatewayFixture gateway = start()) {
            Files.writeString(volume.resolve("..2/jarway.yaml"), document(gateway, "two"));

            Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of("..2"));
            Files.move(volume.resolve("..data_tmp"), volume.resolve("..data"), ATOMIC_MOVE, REPLACE_EXISTING);

            awaitInForce(gateway, "two");
            assertThat(revision(gateway)).isEqualTo(2);
        }
    }

    @Test
    void takesOtherBytesOfTheSameSizeAndTime() throws Exception {
        try (GatewayFixture gateway = start()) {
            FileTime time = Files.getLastModifiedTime(gateway.configFile());
            long size = Files.size(gateway.configFile());

            Files.writeString(gateway.configFile(), document(gateway, "two"));
            Files.setLastModifiedTime(gateway.configFile(), time);

            assertThat(gateway.configFile()).hasSize(size);
            awaitInForce(gateway, "two");
        }
    }

    @Test
    void publishesNothingBecauseOfAnotherTimeOrARewriteOfTheSameBytes() throws Exception {
        try (GatewayFixture gateway = start()) {
            Files.setLastModifiedTime(gateway.configFile(), FileTime.fromMillis(1_700_000_000_000L));
            pause(Duration.ofMillis(300));
            renameIn(gateway.configFile(), document(gateway, "one"));
            pause(Duration.ofMillis(300));
            renameIn(gateway.configFile(), document(gateway, "two"));

            awaitInForce(gateway, "two");
            assertThat(revision(gateway)).isEqualTo(2);
        }
    }

    @Test
    void findsAChangeAmongMoreEventsThanTheFileSystemReports() throws Exception {
        try (GatewayFixture gateway = start()) {
            for (int i = 0; i < 3_000; i++) {
                Files.createFile(directory.resolve("noise-" + i));
                if (i == 1_500) {
                    renameIn(gateway.configFile(), document(gateway, "two"));
                }
            }

            awaitInForce(gateway, "two");
        }
    }

    @Test
    void goesOnWithoutItsFileAndTakesTheNextOne() throws Exception {
        try (GatewayFixture gateway = start()) {
            Files.delete(gateway.configFile());
            serves(gateway, "/one", Duration.ofMillis(300));
            renameIn(gateway.configFile(), document(gateway, "one"));
            serves(gateway, "/one", Duration.ofMillis(300));
            assertThat(revision(gateway)).isEqualTo(1);

            Files.delete(gateway.configFile());
            renameIn(gateway.configFile(), document(gateway, "two"));

            awaitInForce(gateway, "two");
            assertThat(revision(gateway)).isEqualTo(2);
        }
    }

    @Test
    void takesTheOldContentThatIsPutBackRightAfterAChangeOverTheAdminEndpoint() throws Exception {
        try (GatewayFixture gateway = start()) {
            String before = document(gateway, "one");
            assertThat(gateway.configure(route("two")).statusCode()).isEqualTo(200);
            renameIn(gateway.configFile(), before);

            awaitInForce(gateway, "one");
            assertThat(revision(gateway)).isEqualTo(3);
        }
    }

    @Test
    void refusesAFileThatStaysEmptyAndServesOn() throws Exception {
        try (GatewayFixture gateway = start()) {
            Files.writeString(gateway.configFile(), "");

            await().atMost(PATIENCE).until(() -> gateway.status().contains("\"applied\" : false"));
            assertThat(gateway.get("/one").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void goesOnWithoutItsFolderAndFollowsTheOneThatTakesItsPlace() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("conf"));
        Files.createSymbolicLink(directory.resolve("jarway.yaml"), folder.resolve("jarway.yaml"));
        try (GatewayFixture gateway = start()) {
            Files.move(folder, directory.resolve("away"));
            serves(gateway, "/one", Duration.ofMillis(300));
            Files.move(directory.resolve("away"), folder);
            renameIn(folder.resolve("jarway.yaml"), document(gateway, "two"));
            awaitInForce(gateway, "two");

            Path release = Files.createDirectory(directory.resolve("release"));
            renameIn(release.resolve("jarway.yaml"), document(gateway, "one"));
            Files.move(folder, directory.resolve("away"));
            Files.createSymbolicLink(folder, release);
            awaitInForce(gateway, "one");
            assertThat(revision(gateway)).isEqualTo(3);
        }
    }

    @Test
    void refusesAChangeThatItCannotWriteDownAndWatchesOn() throws Exception {
        try (GatewayFixture gateway = start()) {
            Files.delete(gateway.configFile());
            Files.createDirectories(gateway.configFile().resolve("in-the-way"));

            HttpResponse<String> refusal = gateway.configure(route("two"));
            assertThat(refusal.statusCode()).isEqualTo(507);
            assertThat(refusal.body()).contains(gateway.configFile() + " cannot be written: ", "nothing was changed");
            assertThat(gateway.get("/one").statusCode()).isEqualTo(200);

            Files.delete(gateway.configFile().resolve("in-the-way"));
            Files.delete(gateway.configFile());
            renameIn(gateway.configFile(), document(gateway, "two"));
            awaitInForce(gateway, "two");
        }
    }

    @Test
    void refusesAChangeWhereTheFolderIsReadOnlyAndWatchesOn() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("conf"));
        Path store = Files.createDirectory(directory.resolve("store"));
        Files.createSymbolicLink(directory.resolve("jarway.yaml"), folder.resolve("jarway.yaml"));
        try (GatewayFixture gateway = start()) {
            Files.writeString(store.resolve("jarway.yaml"), document(gateway, "one"));
            try (Mount mount = Mount.readOnly(store, folder)) {
                HttpResponse<String> refusal = gateway.configure(route("two"));
                assertThat(mount).isNotNull();
                assertThat(refusal.statusCode()).isEqualTo(507);
                assertThat(refusal.body()).contains("cannot be written: Read-only file system");
                assertThat(gateway.get("/one").statusCode()).isEqualTo(200);

                renameIn(store.resolve("jarway.yaml"), document(gateway, "two"));
                awaitInForce(gateway, "two");
            }
        }
    }

    @Test
    void refusesAChangeThatTheDiskHasNoRoomForAndLeavesNothingOfIt() throws Exception {
        Path folder = directory.resolve("conf");
        try (Mount disk = Mount.small(folder, 64)) {
            Files.createSymbolicLink(directory.resolve("jarway.yaml"), folder.resolve("jarway.yaml"));
            try (GatewayFixture gateway = start()) {
                Path filler = disk.fill();
                String before = Files.readString(gateway.configFile());

                HttpResponse<String> refusal = gateway.configure(routes(200, "two"));
                assertThat(refusal.statusCode()).isEqualTo(507);
                assertThat(refusal.body())
                        .contains("cannot be written: No space left on device", "nothing was changed");
                assertThat(gateway.configFile()).hasContent(before);
                assertThat(gateway.get("/one").statusCode()).isEqualTo(200);
                try (Stream<Path> files = Files.list(folder)) {
                    assertThat(files).containsExactlyInAnyOrder(filler, folder.resolve("jarway.yaml"));
                }

                Files.delete(filler);
                assertThat(gateway.configure(route("two")).statusCode()).isEqualTo(200);
                awaitInForce(gateway, "two");
            }
        }
    }

    private GatewayFixture start() throws Exception {
        return GatewayFixture.start(directory, route("one"));
    }

    private static String document(GatewayFixture gateway, String route) {
        return gateway.document(route(route));
    }

    private static String route(String name) {
        return "routes: [{ name: " + name + ", match: { path: /" + name + " }, service: echo }]\n";
    }

    /** Many routes, a line each, and one more. */
    private static String routes(int count, String last) {
        List<String> names = new ArrayList<>(
                IntStream.range(0, count).mapToObj(String::valueOf).toList());
        names.add(last);
        return "routes:\n"
                + String.join(
                        "",
                        names.stream()
                                .map(name ->
                                        "  - { name: r" + name + ", match: { path: /" + name + " }, service: echo }\n")
                                .toList());
    }

    /** Whole lines, a kilobyte at the most together. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>(List.of(""));
        text.lines().map(line -> line + "\n").forEach(line -> {
            if (pieces.getLast().getBytes(UTF_8).length + line.length() > KILOBYTE) {
                pieces.add("");
            }
            pieces.set(pieces.size() - 1, pieces.getLast() + line);
        });
        return pieces;
    }

    private void renameIn(Path file, String text) throws IOException {
        Path temporary = Files.writeString(file.resolveSibling(".new"), text);
        Files.move(temporary, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private static void serves(GatewayFixture gateway, String path, Duration length) {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            assertThat(gateway.get(path).statusCode()).isEqualTo(200);
            pause(Duration.ofMillis(10));
        }
    }

    private static void awaitInForce(GatewayFixture gateway, String route) {
        await().atMost(PATIENCE)
                .until(() -> gateway.get("/" + route).statusCode() == 200
                        && gateway.get(route.equals("one") ? "/two" : "/one").statusCode() == 404);
    }

    private static long revision(GatewayFixture gateway) {
        return gateway.gateway().snapshot().revision();
    }

    private static void pause(Duration length) {
        if (length.isPositive()) {
            await().pollDelay(length).pollInterval(Duration.ofMillis(1)).until(() -> true);
        }
    }
}
