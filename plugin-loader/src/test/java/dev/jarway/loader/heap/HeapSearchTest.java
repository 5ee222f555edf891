package dev.jarway.loader.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways to objects of this JVM, by dumps of its own heap. */
final class HeapSearchTest {
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");

    private static final ThreadLocal<@Nullable Sought> LOCAL = new ThreadLocal<>();

    static @Nullable Object held;

    @TempDir
    Path directory;

    @AfterEach
    void letGo() {
        held = null;
    }

    @Test
    void namesStaticFieldsCollectionsAndArrays() {
        long number = number();
        held = Map.of("key", List.of((Object) new Object[] {"", new Sought(number)}));

        assertThat(pathTo(number).toString())
                .contains("dev.jarway.loader.heap.HeapSearchTest.held → java.util.ImmutableCollections$Map1.v0 →")
                .endsWith("java.lang.Object[1] → the object");
    }

    @Test
    void namesTheThreadAndItsLocalVariable() throws InterruptedException {
        long number = number();
        var release = new CountDownLatch(1);
        var ready = new CountDownLatch(1);
        var thread = new Thread(() -> keep(new Sought(number), ready, release), "wächter");
        thread.start();
        ready.await();

        assertThat(pathTo(number).steps())
                .hasSize(2)
                .first()
                .asString()
                .matches("Thread \"wächter\" local variable in dev\\.jarway\\.loader\\.heap\\.HeapSearchTest\\.keep"
                        + "\\(HeapSearchTest\\.java:\\d+\\)");
        release.countDown();
        thread.join();
    }

    @Test
    void namesTheThreadLocal() throws InterruptedException {
        long number = number();
        var release = new CountDownLatch(1);
        var ready = new CountDownLatch(1);
        var thread = new Thread(() -> keepInALocal(number, ready, release), "local");
        thread.start();
        ready.await();

        assertThat(pathTo(number).steps())
                .startsWith(
                        "Thread \"local\"",
                        "java.lang.Thread.threadLocals",
                        "java.lang.ThreadLocal$ThreadLocalMap.table")
                .endsWith("java.lang.ThreadLocal$ThreadLocalMap$Entry.value", "the object")
                .hasSize(6);
        release.countDown();
        thread.join();
    }

    @Test
    void doesNotFollowReferencesThatDoNotHold() {
        long number = number();
        var soft = new SoftReference<>(new Sought(number));
        held = List.of(soft, new WeakReference<>(soft.get()));

        var path = pathTo(number);

        assertThat(path).isEqualTo(RootPath.UNREACHED);
        assertThat(path)
                .hasToString(
                        "nothing holds it but weak, soft, phantom or final references: it goes when memory is needed");
    }

    @Test
    void takesAShortestWay() {
        long number = number();
        holdNearAndFar(new Sought(number));

        assertThat(pathTo(number).toString()).contains("HeapSearchTest.held → java.lang.Object[1] → the object");
    }

    private static void holdNearAndFar(Sought sought) {
        var list = new ArrayList<Object>(List.of(sought));
        for (int i = 0; i < 100; i++) {
            list = new ArrayList<>(List.of(list, ""));
        }
        held = new Object[] {list, sought};
    }

    @Test
    void saysWhatIsNotThere() {
        assertThat(pathTo(number())).isEqualTo(RootPath.GONE);
    }

    @Test
    void leavesNoFileBehind() {
        pathTo(number());

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void letsNobodyElseReadTheDump() throws IOException {
        try (var dump = HeapDump.make(directory, "heap-")) {
            assertThat(Files.getPosixFilePermissions(dump.file())).isEqualTo(OWNER_ALONE);
            assertThat(Files.getPosixFilePermissions(dump.file().getParent()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void makesOneDumpAtATime() {
        var one = new Semaphore(1);
        var search = new HeapSearch(directory, one);

        one.acquireUninterruptibly();
        assertThatThrownBy(() -> search.pathTo(sought(1)))
                .isInstanceOf(HeapSearchException.class)
                .hasMessage("heap dump: another one is being made (expected: one at a time)");
        one.release();
        assertThat(search.pathTo(sought(1))).isEqualTo(RootPath.GONE);
        assertThat(search.pathTo(sought(1))).isEqualTo(RootPath.GONE);
    }

    @Test
    void refusesADumpThatWouldNotFitIntoMemory() {
        assertThatThrownBy(() -> HeapSearch.demandMemory(1L << 40))
                .isInstanceOf(HeapSearchException.class)
                .hasMessageContaining("heap dump: of 1048576 MB")
                .hasMessageEndingWith("(expected: 349525 MB)");
    }

    @Test
    void refusesAFileThatIsNoHeapDump() throws IOException {
        Path file = Files.write(directory.resolve("cut.hprof"), new byte[] {'J', 0, 0, 0});

        assertThatThrownBy(() -> HeapSearch.search(new HprofFile(file), sought(1)))
                .hasMessage("heap dump: cut short");
    }

    private RootPath pathTo(long number) {
        return new HeapSearch(directory).pathTo(sought(number));
    }

    private static Marked sought(long number) {
        return new Marked(Sought.class.getName(), "number", number, "the object");
    }

    private static long number() {
        return ThreadLocalRandom.current().nextLong();
    }

    private static void keep(Sought sought, CountDownLatch ready, CountDownLatch release) {
        ready.countDown();
        awaitQuietly(release);
        assertThat(sought.number).isNotZero();
    }

    private static void keepInALocal(long number, CountDownLatch ready, CountDownLatch release) {
        LOCAL.set(new Sought(number));
        ready.countDown();
        awaitQuietly(release);
        LOCAL.remove();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is looked for. */
    private static final class Sought {
        private final long number;

        Sought(long number) {
            this.number = number;
        }
    }
}
