package dev.jarway.runtime.watch;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.jarway.runtime.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTrackTest {
    private static final Duration SETTLE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration TIME_STEP = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private final WatchOptions options = new WatchOptions(SETTLE, Duration.ofSeconds(2), PATIENCE);
    private Path file = Path.of("");
    private FileTrack<SeenFile> track = new FileTrack<>(file, options, new JarReader());
    private long now = 1_000;

    @BeforeEach
    void track() {
        file = folder.resolve("a.jar");
        track = new FileTrack<>(file, options, new JarReader());
    }

    @Test
    void readsAFileOnlyAfterItHasHeldStill() throws Exception {
        Files.write(file, TestZip.of("one"));

        look();
        assertThat(track.isSettling()).isTrue();
        after(SETTLE.minusMillis(1));
        assertThat(track.content()).isEmpty();
        after(Duration.ofMillis(1));

        assertThat(track.isSettling()).isFalse();
        assertThat(track.content()).contains(hashed("one"));
    }

    @Test
    void beginsToWaitAgainWithEachChange() throws Exception {
        byte[] whole = TestZip.of("one");
        Files.write(file, Arrays.copyOf(whole, 10));
        look();
        after(SETTLE.minusMillis(1));

        Files.write(file, Arrays.copyOfRange(whole, 10, whole.length), APPEND);
        after(Duration.ofMillis(50));
        assertThat(track.isSettling()).isTrue();
        after(SETTLE);

        assertThat(track.content()).contains(hashed("one"));
    }

    @Test
    void holdsBackWhatLooksHalfWritten() throws Exception {
        Files.write(file, Arrays.copyOf(TestZip.of("one"), 40));

        look();
        after(SETTLE);
        assertThat(track.isHeldBack()).isTrue();
        after(PATIENCE.minus(SETTLE).minusMillis(1));
        assertThat(track.content()).isEmpty();
        after(Duration.ofMillis(1));

        assertThat(track.isHeldBack()).isFalse();
        assertThat(track.content())
                .hasValueSatisfying(
                        seen -> assertThat(((SeenFile.Hashed) seen).size()).isEqualTo(40));
    }

    @Test
    void standsByTheOldContentUntilTheNewOneCounts() throws Exception {
        Files.write(file, TestZip.of("one"));
        look();
        after(SETTLE);

        Files.write(file, Arrays.copyOf(TestZip.of("second"), 40));
        look();
        assertThat(track.content()).contains(hashed("one"));
        after(SETTLE);
        assertThat(track.content()).contains(hashed("one"));
        Files.write(file, TestZip.of("second"));
        look();
        after(SETTLE);

        assertThat(track.content()).contains(hashed("second"));
    }

    @Test
    void seesOtherBytesOfTheSameSizeAndTime() throws Exception {
        var time = FileTime.fromMillis(1_700_000_000_000L);
        Files.write(file, TestZip.of("one"));
        Files.setLastModifiedTime(file, time);
        look();
        after(SETTLE);

        Pace.pause(Duration.ofMillis(20));
        Files.write(file, TestZip.of("two"));
        Files.setLastModifiedTime(file, time);
        look();
        after(SETTLE);

        assertThat(track.content()).contains(hashed("two"));
    }

    @Test
    void readsAgainWhatItReadWithinTheTimeStepOfAChange() throws Exception {
        var blind = new BlindReader();
        blind.content = 1;
        var blindTrack = new FileTrack<>(file, options, blind);
        Files.write(file, TestZip.of("one"));
        blindTrack.look(now);
        blindTrack.look(now += SETTLE.toNanos());
        assertThat(blindTrack.content()).contains(1);
        assertThat(blindTrack.nextLook(now)).isEqualTo(TIME_STEP.minus(SETTLE).toNanos());

        blind.content = 2;
        blindTrack.look(now += TIME_STEP.toNanos());
        assertThat(blindTrack.isSettling()).isTrue();
        blindTrack.look(now += SETTLE.toNanos());
        assertThat(blindTrack.content()).contains(2);
        blindTrack.look(now += TIME_STEP.toNanos());
        int reads = blind.reads;
        blindTrack.look(now += TIME_STEP.toNanos());

        assertThat(blind.reads).isEqualTo(reads).isEqualTo(4);
        assertThat(blindTrack.nextLook(now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void takesAFileForGoneOnlyWhenItStaysAway() throws Exception {
        Files.write(file, TestZip.of("one"));
        look();
        after(SETTLE);

        Files.delete(file);
        look();
        assertThat(track.isGone()).isFalse();
        assertThat(track.content()).contains(hashed("one"));
        after(SETTLE);

        assertThat(track.isGone()).isTrue();
        assertThat(track.content()).isEmpty();
    }

    @Test
    void tellsADirectoryByItsReason() throws Exception {
        Files.createDirectory(file);

        look();
        after(PATIENCE);

        assertThat(track.content()).contains(new SeenFile.Unreadable(file, "not a file"));
    }

    @Test
    void tellsALinkToNowhereByItsReasonAndSeesItsTargetCome() throws Exception {
        Files.createSymbolicLink(file, folder.resolve("target"));
        look();
        after(SETTLE);
        assertThat(track.content()).isEmpty();
        after(PATIENCE);
        assertThat(track.content()).contains(new SeenFile.Unreadable(file, "a symbolic link that leads nowhere"));

        Files.write(folder.resolve("target"), TestZip.of("one"));
        look();
        after(SETTLE);

        assertThat(track.content()).contains(hashed("one"));
    }

    @Test
    void tellsAFileWithoutReadPermissionByItsReason() throws Exception {
        Files.write(file, TestZip.of("one"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");

        look();
        after(PATIENCE);

        assertThat(track.content())
                .hasValueSatisfying(seen -> assertThat(seen).isInstanceOf(SeenFile.Unreadable.class));
    }

    @Test
    void triesAgainToReadWhatFailed() throws Exception {
        var failing = new BlindReader();
        failing.broken = true;
        var failingTrack = new FileTrack<>(file, options, failing);
        Files.write(file, TestZip.of("one"));
        failingTrack.look(now);
        failingTrack.look(now += PATIENCE.toNanos());
        assertThat(failingTrack.content()).contains(-1);

        failing.broken = false;
        failingTrack.look(now += PATIENCE.toNanos());

        assertThat(failingTrack.content()).contains(0);
    }

    @Test
    void waitsWithPatienceForATextThatIsWrittenInPlace() throws Exception {
        var text = new FileTrack<>(file, options, new BytesReader());
        Files.writeString(file, "half\n");

        text.look(now);
        text.look(now += PATIENCE.toNanos() - 1);
        assertThat(text.content()).isEmpty();
        assertThat(text.isHeldBack()).isTrue();
        text.look(now += 1);

        assertThat(text.content()).contains(new FileContent.Found(bytes("half\n")));
    }

    @Test
    void takesATextAtOnceThatIsRenamedOverAnother() throws Exception {
        var text = new FileTrack<>(file, options, new BytesReader());
        Files.writeString(file, "one");
        text.look(now);
        text.look(now += PATIENCE.toNanos());

        Files.move(Files.writeString(folder.resolve("new"), "two"), file, ATOMIC_MOVE);
        text.look(now);
        text.look(now += SETTLE.toNanos());

        assertThat(text.content()).contains(new FileContent.Found(bytes("two")));
    }

    @Test
    void takesATextAtOnceWhoseTimesWereSetAfterTheLastWrite() throws Exception {
        var text = new FileTrack<>(file, options, new BytesReader());
        Files.writeString(file, "one");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));

        text.look(now);
        text.look(now += SETTLE.toNanos());

        assertThat(text.content()).contains(new FileContent.Found(bytes("one")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void look() {
        track.look(now);
    }

    private void after(Duration time) {
        now += time.toNanos();
        track.look(now);
    }

    private SeenFile hashed(String text) {
        byte[] bytes = TestZip.of(text);
        return new SeenFile.Hashed(file, Sha256.of(bytes), bytes.length);
    }

    /** Finds what the test has put into it, so that a content can change under the same stamp. */
    private static final class BlindReader implements FileReader<Integer> {
        private int content;
        private int reads;
        private boolean broken;

        @Override
        public Reading<Integer> read(Path path) throws IOException {
            reads++;
            if (broken) {
                throw new IOException("input/output error");
            }
            return new Reading<>(content, Reading.Verdict.WHOLE);
        }

        @Override
        public boolean seesTheEnd() {
            return true;
        }

        @Override
        public Integer unreadable(Path path, String reason) {
            return -1;
        }
    }
}
