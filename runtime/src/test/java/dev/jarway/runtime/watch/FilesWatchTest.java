package dev.jarway.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesWatchTest {
    private static final WatchOptions OPTIONS =
            new WatchOptions(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(700));

    @TempDir
    Path temp;

    private final List<Set<Path>> told = new CopyOnWriteArrayList<>();
    private final FilesWatch watch = FilesWatch.start("test", OPTIONS, told::add);
    private Path cert = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        cert = Files.writeString(temp.resolve("cert"), "c1");
        key = Files.writeString(temp.resolve("key"), "k1");
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    @Test
    void tellsFilesTogetherThatChangeTogether() throws Exception {
        watch.watch(Set.of(cert, key));
        awaitTold(Set.of(cert, key));

        move("k2", key);
        Files.writeString(cert, "c2"); // In place: nobody knows yet whether that is all.

        awaitTold(Set.of(cert, key));
    }

    @Test
    void tellsTheOnesAloneThatHaveChanged() throws Exception {
        watch.watch(Set.of(cert, key));
        awaitTold(Set.of(cert, key));

        move("c2", cert);

        awaitTold(Set.of(cert));
    }

    @Test
    void tellsThatAFileHasGoneAndThatItHasComeBack() throws Exception {
        watch.watch(Set.of(cert));
        awaitTold(Set.of(cert));

        Files.delete(cert);
        awaitTold(Set.of(cert));

        move("c1", cert);
        awaitTold(Set.of(cert));
    }

    @Test
    void followsASymbolicLinkToAnotherFolder() throws Exception {
        Path first = Files.createDirectory(temp.resolve("first"));
        Path second = Files.createDirectory(temp.resolve("second"));
        Files.writeString(first.resolve("cert"), "one");
        Files.writeString(second.resolve("cert"), "two");
        Path data = Files.createSymbolicLink(temp.resolve("..data"), first);
        Path link = Files.createSymbolicLink(temp.resolve("linked"), data.resolve("cert"));
        watch.watch(Set.of(link));
        awaitTold(Set.of(link));

        Path beside = Files.createSymbolicLink(temp.resolve("..next"), second);
        Files.move(beside, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        awaitTold(Set.of(link));
    }

    @Test
    void forgetsFilesThatAreNotWatchedAnyMore() throws Exception {
        watch.watch(Set.of(cert, key));
        awaitTold(Set.of(cert, key));

        watch.watch(Set.of(key));
        move("c2", cert);
        move("k2", key);

        awaitTold(Set.of(key));
        assertThat(told).isEmpty();
    }

    private void move(String text, Path place) throws IOException {
        Path beside = Files.writeString(temp.resolve("beside"), text);
        Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void awaitTold(Set<Path> files) {
        await().atMost(Duration.ofSeconds(20)).until(() -> !told.isEmpty());
        assertThat(told.removeFirst()).isEqualTo(files);
    }
}
