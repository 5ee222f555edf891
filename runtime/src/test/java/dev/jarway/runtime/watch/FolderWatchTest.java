package dev.jarway.runtime.watch;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jarway.runtime.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
    private static final WatchOptions QUICK =
            new WatchOptions(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(700));
    private static final WatchOptions PATIENT =
            new WatchOptions(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofSeconds(5));
    private static final WatchOptions EVENTS_ONLY =
            new WatchOptions(Duration.ofMillis(50), Duration.ofMinutes(10), Duration.ofMillis(700));
    private static final byte[] ONE = TestZip.of("one");
    private static final byte[] TWO = TestZip.of("two");

    @TempDir
    Path temp;

    private final ToldContents told = new ToldContents();
    private Path folder = Path.of("");

    @BeforeEach
    void name() {
        folder = temp.resolve("plugins");
    }

    @Test
    void makesAMissingFolderAndTellsThatItIsEmpty() throws Exception {
        try (var watch = start(QUICK)) {
            assertThat(folder).isDirectory();
            assertThat(watch.scanNow().get(20, SECONDS).files()).isEmpty();
            assertThat(told.all()).containsExactly(new FolderContent(new TreeMap<>(), Set.of()));
        }
    }

    @Test
    void refusesAFileInPlaceOfTheFolder() throws Exception {
        Files.writeString(folder, "not a folder");

        assertThatThrownBy(() -> start(QUICK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("folder " + folder + ": cannot be made");
    }

    @Test
    void tellsWhatIsThereAtTheStart() throws Exception {
        put("a.jar", ONE);
        put("b.ZIP", TWO);

        try (var watch = start(QUICK)) {
            var content = watch.scanNow().get(20, SECONDS);

            assertThat(content.files())
                    .containsExactly(Map.entry("a.jar", seen("a.jar", ONE)), Map.entry("b.ZIP", seen("b.ZIP", TWO)));
            assertThat(content.changed()).containsExactly("a.jar", "b.ZIP");
            assertThat(told.all()).containsExactly(content);
        }
    }

    @Test
    void ignoresHiddenTemporaryAndOtherFiles() throws Exception {
        for (var name : new String[] {".a.jar", "a.jar.tmp", "a.jar.part", "a.jar~", "~a.jar", "readme.md", "jar"}) {
            put(name, ONE);
        }
        put("real.jar", ONE);

        try (var watch = start(QUICK)) {
            assertThat(watch.scanNow().get(20, SECONDS).files()).containsOnlyKeys("real.jar");
        }
    }

    @Test
    void tellsAdditionReplacementAndRemoval() throws Exception {
        try (var watch = start(QUICK)) {
            put("a.jar", ONE);
            told.awaitLast(Map.of("a.jar", ONE));
            put("a.jar", TWO);
            told.awaitLast(Map.of("a.jar", TWO));
            put("b.jar", ONE);
            told.awaitLast(Map.of("a.jar", TWO, "b.jar", ONE));
            assertThat(told.last().changed()).containsExactly("b.jar");
            Files.delete(folder.resolve("a.jar"));
            told.awaitLast(Map.of("b.jar", ONE));
            assertThat(told.last().changed()).containsExactly("a.jar");
            assertThat(watch.scanNow().get(20, SECONDS)).isEqualTo(told.last());
        }
    }

    // An empty folder gives no reason to look again, so only events can wake the watch.
    @Test
    void isWokenByEventsLongBeforeARescan() throws Exception {
        try (var watch = start(EVENTS_ONLY)) {
            assertThat(watch.scanNow().get(20, SECONDS).files()).isEmpty();

            put("a.jar", ONE);

            told.awaitLast(Map.of("a.jar", ONE));
        }
    }

    @Test
    void findsByRescanWhatNoEventReports() throws Exception {
        Files.createDirectories(folder);
        Path target = Files.write(temp.resolve("elsewhere.jar"), ONE);
        Files.createSymbolicLink(folder.resolve("a.jar"), target);

        try (var watch = start(QUICK)) {
            told.awaitLast(Map.of("a.jar", ONE));
            Files.write(target, TWO);
            told.awaitLast(Map.of("a.jar", TWO));
            assertThat(told.last().files().get("a.jar")).isEqualTo(seen("a.jar", TWO));
            assertThat(watch.scanNow().get(20, SECONDS)).isEqualTo(told.last());
        }
    }

    @Test
    void takesNoHalfCopiedFileHoweverSlowTheCopy() throws Exception {
        byte[] big = TestZip.of("x".repeat(5_000));

        try (var watch = start(PATIENT)) {
            for (int from = 0; from < big.length; from += 500) {
                var chunk = Arrays.copyOfRange(big, from, Math.min(big.length, from + 500));
                Files.write(folder.resolve("a.jar"), chunk, CREATE, APPEND);
                Pace.pause(Duration.ofMillis(150));
            }
            told.awaitLast(Map.of("a.jar", big));

            assertThat(told.hashes()).isSubsetOf(Map.of(), Map.of("a.jar", Sha256.of(big)));
            assertThat(watch.scanNow().get(20, SECONDS)).isEqualTo(told.last());
        }
    }

    @Test
    void tellsABrokenJarInTheEnd() throws Exception {
        byte[] broken = Arrays.copyOf(ONE, ONE.length - 10);

        try (var watch = start(QUICK)) {
            put("a.jar", broken);

            assertThat(ToldContents.hashesOf(watch.scanNow().get(20, SECONDS)))
                    .isEqualTo(Map.of("a.jar", Sha256.of(broken)));
        }
    }

    @Test
    void tellsFewOfManyRewritesAndTheLastOneAlways() throws Exception {
        try (var watch = start(PATIENT)) {
            watch.scanNow().get(20, SECONDS);
            byte[] last = ONE;
            for (int i = 0; i < 50; i++) {
                last = TestZip.of("version " + i);
                put("a.jar", last);
                Pace.pause(Duration.ofMillis(20));
            }
            told.awaitLast(Map.of("a.jar", last));

            assertThat(told.size()).isLessThanOrEqualTo(12);
        }
    }

    @Test
    void takesAFileThatIsRenamedInAndOneThatIsRenamedOver() throws Exception {
        try (var watch = start(QUICK)) {
            put("a.jar.tmp", ONE);
            Files.move(folder.resolve("a.jar.tmp"), folder.resolve("a.jar"), ATOMIC_MOVE);
            told.awaitLast(Map.of("a.jar", ONE));
            put("a.jar.tmp", TWO);
            Files.move(folder.resolve("a.jar.tmp"), folder.resolve("a.jar"), ATOMIC_MOVE, REPLACE_EXISTING);
            told.awaitLast(Map.of("a.jar", TWO));

            assertThat(told.hashes()).allSatisfy(hashes -> assertThat(hashes).doesNotContainKey("a.jar.tmp"));
            assertThat(watch.scanNow().get(20, SECONDS)).isEqualTo(told.last());
        }
    }

    @Test
    void followsTheSymlinkSwapOfAMountedVolume() throws Exception {
        Files.createDirectories(folder.resolve("..1"));
        Files.createDirectories(folder.resolve("..2"));
        put("..1/a.jar", ONE);
        put("..2/a.jar", TWO);
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(folder.resolve("a.jar"), Path.of("..data/a.jar"));

        try (var watch = start(QUICK)) {
            told.awaitLast(Map.of("a.jar", ONE));
            Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
            Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), ATOMIC_MOVE, REPLACE_EXISTING);
            told.awaitLast(Map.of("a.jar", TWO));

            assertThat(told.hashes()).containsExactly(Map.of("a.jar", Sha256.of(ONE)), Map.of("a.jar", Sha256.of(TWO)));
            assertThat(watch.scanNow().get(20, SECONDS)).isEqualTo(told.last());
        }
    }

    @Test
    void seesOtherBytesOfTheSameSizeAndTime() throws Exception {
        var time = FileTime.fromMillis(1_700_000_000_000L);
        put("a.jar", ONE);
        Files.setLastModifiedTime(folder.resolve("a.jar"), time);

        try (var watch = start(QUICK)) {
            told.awaitLast(Map.of("a.jar", ONE));
            put("a.jar", TWO);
            Files.setLastModifiedTime(folder.resolve("a.jar"), time);
            told.awaitLast(Map.of("a.jar", TWO));
            assertThat(watch.scanNow().get(20, SECONDS)).isEqualTo(told.last());
        }
    }

    @Test
    void tellsNothingWhenTheSameContentIsWrittenAgain() throws Exception {
        put("a.jar", ONE);

        try (var watch = start(QUICK)) {
            told.awaitLast(Map.of("a.jar", ONE));
            put("a.jar", ONE);
            put("b.jar", TWO);
            told.awaitLast(Map.of("a.jar", ONE, "b.jar", TWO));

            assertThat(told.last().changed()).containsExactly("b.jar");
            assertThat(watch.scanNow().get(20, SECONDS)).isEqualTo(told.last());
        }
    }

    @Test
    void tellsAFileThatIsDeletedAndComesBack() throws Exception {
        put("a.jar", ONE);

        try (var watch = start(QUICK)) {
            told.awaitLast(Map.of("a.jar", ONE));
            Files.delete(folder.resolve("a.jar"));
            told.awaitLast(Map.of());
            put("a.jar", ONE);
            told.awaitLast(Map.of("a.jar", ONE));
            assertThat(watch.scanNow().get(20, SECONDS)).isEqualTo(told.last());
        }
    }

    // Somebody else may have looked in between, and gone by what was not there.
    @Test
    void tellsOnceMoreWhatWasDeletedAndCameBackBeforeThatHeldStill() throws Exception {
        put("a.jar", ONE);

        try (var watch = start(QUICK)) {
            told.awaitLast(Map.of("a.jar", ONE));
            Files.delete(folder.resolve("a.jar"));
            put("a.jar", ONE);
            await().atMost(Duration.ofSeconds(20)).until(() -> told.size() > 1);

            assertThat(told.hashes()).endsWith(Map.of("a.jar", Sha256.of(ONE)));
            assertThat(watch.scanNow().get(20, SECONDS)).isEqualTo(told.last());
        }
    }

    @Test
    void survivesTheLossAndTheReturnOfTheFolder() throws Exception {
        put("a.jar", ONE);

        try (var watch = start(QUICK)) {
            told.awaitLast(Map.of("a.jar", ONE));
            Files.delete(folder.resolve("a.jar"));
            Files.delete(folder);
            told.awaitLast(Map.of());
            put("a.jar", TWO);
            told.awaitLast(Map.of("a.jar", TWO));
            assertThat(watch.scanNow().get(20, SECONDS)).isEqualTo(told.last());
        }
    }

    @Test
    void listensToAnotherFolderThatTookThePlace() throws Exception {
        try (var watch = start(EVENTS_ONLY)) {
            watch.scanNow().get(20, SECONDS);
            Files.move(folder, temp.resolve("old"));
            Files.createDirectory(folder);
            watch.scanNow().get(20, SECONDS);

            put("a.jar", ONE);

            told.awaitLast(Map.of("a.jar", ONE));
        }
    }

    // As long as nobody takes the events, the watch service keeps 512 of them; then all it says is that there were
    // more.
    @Test
    void looksAtEverythingWhenEventsHaveOverflowed() throws Exception {
        try (var watch = start(EVENTS_ONLY)) {
            watch.scanNow().get(20, SECONDS);
            try (var busy = BusyCarriers.take()) {
                assertThat(busy).isNotNull();
                for (int i = 0; i < 1_000; i++) {
                    put("noise-" + i, ONE);
                }
                put("a.jar", ONE);
                Pace.pause(Duration.ofMillis(300));
                assertThat(told.size()).isEqualTo(1);
            }

            told.awaitLast(Map.of("a.jar", ONE));
        }
    }

    @Test
    void hearsWhenTheFolderIsRenamedAwayAndWhenALinkTakesItsPlace() throws Exception {
        put("a.jar", ONE);
        Path other = Files.createDirectory(temp.resolve("other"));
        Files.write(other.resolve("a.jar"), TWO);

        try (var watch = start(EVENTS_ONLY)) {
            watch.scanNow().get(20, SECONDS);
            Files.move(folder, temp.resolve("old"));
            told.awaitLast(Map.of());
            Files.createSymbolicLink(folder, other);
            told.awaitLast(Map.of("a.jar", TWO));
            Files.createSymbolicLink(temp.resolve("next"), temp.resolve("old"));
            Files.move(temp.resolve("next"), folder, ATOMIC_MOVE, REPLACE_EXISTING);
            told.awaitLast(Map.of("a.jar", ONE));
        }
    }

    @Test
    void tellsTheSameOnceMoreWhenAsked() throws Exception {
        put("a.jar", ONE);

        try (var watch = start(QUICK)) {
            told.awaitLast(Map.of("a.jar", ONE));
            watch.tellAgain();
            await().atMost(Duration.ofSeconds(20)).until(() -> told.size() == 2);

            assertThat(told.last().changed()).isEmpty();
            assertThat(told.hashes()).containsOnly(Map.of("a.jar", Sha256.of(ONE)));
        }
    }

    @Test
    void tellsABurstTogether() throws Exception {
        var files = new HashMap<String, byte[]>();

        try (var watch = start(PATIENT)) {
            watch.scanNow().get(20, SECONDS);
            for (int i = 0; i < 100; i++) {
                files.put(i + ".jar", TestZip.of("file " + i));
                put(i + ".jar", TestZip.of("file " + i));
            }
            told.awaitLast(files);

            assertThat(told.size()).isLessThanOrEqualTo(6);
        }
    }

    @Test
    void tellsOthersWhileOneFileNeverHoldsStill() throws Exception {
        try (var watch = start(QUICK)) {
            watch.scanNow().get(20, SECONDS);
            put("a.jar", ONE);
            var rounds = new AtomicInteger();

            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        put("busy.jar", TestZip.of("round " + rounds.incrementAndGet()));
                        return told.last().files().containsKey("a.jar");
                    });
        }
    }

    @Test
    void goesOnAfterAListenerThatThrows() throws Exception {
        var calls = new AtomicInteger();

        try (var watch = FolderWatch.start(folder, QUICK, content -> {
            calls.incrementAndGet();
            throw new IllegalArgumentException("listener");
        })) {
            watch.scanNow().get(20, SECONDS);
            put("a.jar", ONE);
            watch.scanNow().get(20, SECONDS);

            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void holdsNoFileOpen() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "this system does not show its open files");
        put("a.jar", ONE);

        try (var watch = start(QUICK)) {
            watch.scanNow().get(20, SECONDS);
            var jar = folder.resolve("a.jar").toRealPath();

            await().atMost(Duration.ofSeconds(20)).until(() -> !isOpen(jar));
        }
    }

    @Test
    void refusesScansAfterClose() throws Exception {
        var watch = start(QUICK);
        watch.close();

        assertThatThrownBy(() -> watch.scanNow().join())
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("folder watch: is closed (expected: no scan after that)");
    }

    @Test
    void tellsNothingAfterClose() throws Exception {
        var watch = start(QUICK);
        watch.scanNow().get(20, SECONDS);
        watch.close();
        put("a.jar", ONE);

        await().during(Duration.ofMillis(400)).atMost(Duration.ofSeconds(20)).until(() -> told.size() == 1);
    }

    @Test
    void mayBeClosedByItsListener() throws Exception {
        var own = new CompletableFuture<FolderWatch>();
        var closed = new CompletableFuture<Boolean>();
        var watch = FolderWatch.start(folder, QUICK, content -> {
            own.join().close();
            closed.complete(true);
        });
        own.complete(watch);

        assertThat(closed.get(20, SECONDS)).isTrue();
    }

    private FolderWatch start(WatchOptions options) throws IOException {
        return FolderWatch.start(folder, options, told);
    }

    private void put(String name, byte[] bytes) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(name), bytes);
    }

    private SeenFile seen(String name, byte[] bytes) {
        return new SeenFile.Hashed(folder.resolve(name), Sha256.of(bytes), bytes.length);
    }

    private static boolean isOpen(Path file) throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).equals(file);
                } catch (IOException e) {
                    // Closed since it was listed.
                    return false;
                }
            });
        }
    }
}
