package dev.jarway.runtime.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineWriterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PATIENCE_MILLIS = PATIENCE.toMillis();

    private final AtomicLong lost = new AtomicLong();

    @Test
    void writesEachLineInTheOrderOfItsThread() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineWriter writer = new LineWriter(out, lost::addAndGet);
        writer.start();
        IntStream.range(0, 10_000).forEach(number -> writer.add("line " + number));
        writer.stop(PATIENCE_MILLIS);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(IntStream.range(0, 10_000)
                        .mapToObj(number -> "line " + number + "\n")
                        .collect(Collectors.joining()));
        assertThat(lost).hasValue(0);
    }

    @Test
    void writesALineThatComesAfterARest() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineWriter writer = new LineWriter(out, lost::addAndGet);
        writer.start();
        for (int number = 1; number <= 3; number++) {
            writer.add("grüße " + number);
            String last = "grüße " + number + "\n";
            await().atMost(PATIENCE)
                    .until(() -> out.toString(StandardCharsets.UTF_8).endsWith(last));
        }
    }

    @Test
    void holdsNobodyUpWhoseLinesTheStreamDoesNotTakeAndTellsHowManyItHasLost() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        Sluice sluice = new Sluice(stuck);
        LineWriter writer = new LineWriter(sluice, lost::addAndGet);
        writer.start();
        writer.add("first");
        stuck.await();
        String kibibyte = "x".repeat(1023);
        for (int line = 0; line < 9 * 1024; line++) {
            writer.add(kibibyte);
        }
        assertThat(lost).hasValue(0); // Nobody could be told.
        sluice.open.countDown();
        writer.stop(PATIENCE_MILLIS);

        assertThat(sluice.taken).isEqualTo("first\n".length() + 8 * 1024 * 1024);
        assertThat(lost).hasValue(1024);
    }

    /** A stream that takes nothing before it is opened. */
    private static final class Sluice extends OutputStream {
        private final CountDownLatch open = new CountDownLatch(1);
        private final CountDownLatch stuck;
        private int taken;

        Sluice(CountDownLatch stuck) {
            this.stuck = stuck;
        }

        @Override
        public void write(int octet) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] octets, int from, int length) {
            stuck.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            taken += length;
        }
    }
}
