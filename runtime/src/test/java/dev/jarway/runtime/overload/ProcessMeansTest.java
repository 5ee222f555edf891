package dev.jarway.runtime.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the process tells of its means. */
class ProcessMeansTest {
    @ParameterizedTest
    @CsvSource({
        "G1 Young Generation, end of minor GC, false",
        "G1 Concurrent GC, end of concurrent GC pause, false",
        "G1 Old Generation, end of major GC, true",
        "ZGC Minor Pauses, end of GC pause, false",
        "ZGC Minor Cycles, end of GC cycle, false",
        "ZGC Major Pauses, end of GC pause, false",
        "ZGC Major Cycles, end of GC cycle, true",
        "ZGC Pauses, end of GC pause, false",
        "ZGC Cycles, end of GC cycle, true",
        "Copy, end of minor GC, false",
        "MarkSweepCompact, end of major GC, true",
        "PS Scavenge, end of minor GC, false",
        "PS MarkSweep, end of major GC, true"
    })
    void goesByCollectionsOfAllOfTheHeap(String collector, String action, boolean ofAll) {
        assertThat(ProcessMeans.isOfAll(collector, action)).isEqualTo(ofAll);
    }

    @Test
    void takesConnectionsIntoAccountAsSoonAsTheyAreOpen() {
        AtomicInteger connections = new AtomicInteger();
        try (ProcessMeans means = ProcessMeans.watch(connections::get)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> means.descriptors() < 100);

            // As if as many had come at once as there may be.
            connections.set(Integer.MAX_VALUE);

            assertThat(means.descriptors()).isGreaterThanOrEqualTo(100);
        }
    }
}
