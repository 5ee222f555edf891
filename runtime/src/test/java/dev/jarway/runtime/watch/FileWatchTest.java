package dev.jarway.runtime.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
    private static final WatchOptions QUICK =
            new WatchOptions(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(700));
    private static final WatchOptions PATIENT =
            new WatchOptions(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofSeconds(2));
    private static final WatchOptions EVENTS_ONLY =
            new WatchOptions(Duration.ofMillis(50), Duration.ofMinutes(10), Duration.ofMillis(700));

    @TempDir
    Path temp;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<FileWatch> started = new ArrayList<>();
    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = temp.resolve("jarway.yaml");
    }

    @AfterEach
    void stop() {
        started.forEach(FileWatch::close);
    }

    @Test
    void tellsOnlyWhatTheCallerDoesNotKnow() throws Exception {
        Files.writeString(file, "one");

        start("one", QUICK);
        Files.writeString(file, "two");
        awaitTold("two");
        assertThat(told).containsExactly("two");
    }

    @Test
    void tellsAtOnceWhatHasChangedBeforeTheStart() throws Exception {
        Files.writeString(file, "two");

        start("one", QUICK);
        awaitTold("two");
    }

    // A missing file gives no reason to look again, so only events can wake the watch.
    @Test
    void isWokenByEventsLongBeforeARescan() throws Exception {
        start("", EVENTS_ONLY);
        Pace.pause(Duration.ofMillis(300));

        Files.writeString(file, "one");

        awaitTold("one");
    }

    @Test
    void takesARenameOverAsEditorsDoIt() throws Exception {
        Files.writeString(file, "one");

        start("one", QUICK);
        Files.move(file, temp.resolve("jarway.yaml~"));
        Files.writeString(temp.resolve(".new"), "two");
        Files.move(temp.resolve(".new"), file, ATOMIC_MOVE);
        awaitTold("two");
        Files.writeString(temp.resolve(".new"), "three");
        Files.move(temp.resolve(".new"), file, ATOMIC_MOVE, REPLACE_EXISTING);
        awaitTold("two", "three");
    }

    @Test
    void followsTheSymlinkSwapOfAMountedVolume() throws Exception {
        release("..1", "one");
        release("..2", "two");
        link("..data", "..1");
        Files.createSymbolicLink(file, Path.of("..data/jarway.yaml"));

        start("one", EVENTS_ONLY);
        link("..data", "..2");
        awaitTold("two");
    }

    @Test
    void followsTheSwapOfItsParentFolder() throws Exception {
        release("release-1", "one");
        release("release-2", "two");
        link("current", "release-1");
        file = temp.resolve("current/jarway.yaml");

        start("one", QUICK);
        link("current", "release-2");
        awaitTold("two");
    }

    @Test
    void saysNothingWhileTheFileIsMissing() throws Exception {
        Files.writeString(file, "one");

        start("one", QUICK);
        Files.delete(file);
        await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(20)).until(told::isEmpty);
        Files.writeString(file, "one");
        awaitTold("one");
        Files.writeString(file, "two");
        awaitTold("one", "two");
    }

    // Somebody else may have read it in between, and gone by it.
    @Test
    void tellsOnceMoreWhatWasReplacedAndPutBackBeforeItHeldStill() throws Exception {
        Files.writeString(file, "one");

        start("one", QUICK);
        renameIn("two");
        renameIn("one");
        awaitTold("one");
    }

    @Test
    void waitsForAFileThatIsNotThereYet() throws Exception {
        file = temp.resolve("later/jarway.yaml");

        start("", QUICK);
        Files.createDirectory(temp.resolve("later"));
        Files.writeString(file, "one");
        awaitTold("one");
    }

    @Test
    void takesNoEmptyFileThatIsAboutToBeWritten() throws Exception {
        Files.writeString(file, "one");

        start("one", PATIENT);
        Files.writeString(file, "");
        Pace.pause(Duration.ofMillis(300));
        Files.writeString(file, "two");
        awaitTold("two");
        assertThat(told).containsExactly("two");
    }

    @Test
    void tellsAnEmptyFileThatStaysEmpty() throws Exception {
        Files.writeString(file, "one");

        start("one", QUICK);
        Files.writeString(file, "");
        awaitTold("");
    }

    @Test
    void seesOtherBytesOfTheSameSizeAndTime() throws Exception {
        var time = FileTime.fromMillis(1_700_000_000_000L);
        Files.writeString(file, "one");
        Files.setLastModifiedTime(file, time);

        start("nothing", QUICK);
        awaitTold("one");
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, time);
        awaitTold("one", "two");
    }

    @Test
    void tellsFewOfManyRewritesAndTheLastOneAlways() throws Exception {
        start("", PATIENT);
        for (int i = 0; i < 50; i++) {
            Files.writeString(file, "version " + i);
            Pace.pause(Duration.ofMillis(20));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> told.contains("version 49"));
        assertThat(told).hasSizeLessThanOrEqualTo(12).endsWith("version 49");
    }

    @Test
    void goesOnAfterAListenerThatThrows() throws Exception {
        Files.writeString(file, "one");

        started.add(FileWatch.start(file, new byte[0], QUICK, bytes -> {
            told.add(new String(bytes, UTF_8));
            throw new IllegalArgumentException("listener");
        }));

        awaitTold("one");
        Files.writeString(file, "two");
        awaitTold("one", "two");
    }

    @Test
    void saysNothingOfAFolderInPlaceOfTheFile() throws Exception {
        Files.createDirectory(file);

        start("one", QUICK);
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(20)).until(told::isEmpty);
        Files.delete(file);
        Files.writeString(file, "two");
        awaitTold("two");
    }

    private void renameIn(String content) throws IOException {
        Path temporary = Files.writeString(temp.resolve(".new"), content);
        Files.move(temporary, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private void start(String known, WatchOptions options) {
        started.add(FileWatch.start(file, known.getBytes(UTF_8), options, bytes -> told.add(new String(bytes, UTF_8))));
    }

    private void awaitTold(String... contents) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(told).containsExactly(contents));
    }

    private void release(String name, String content) throws IOException {
        Files.createDirectory(temp.resolve(name));
        Files.writeString(temp.resolve(name).resolve("jarway.yaml"), content);
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(temp.resolve("new-link"), Path.of(target));
        Files.move(temp.resolve("new-link"), temp.resolve(name), ATOMIC_MOVE, REPLACE_EXISTING);
    }
}
