package dev.jarway.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jarway.soak.measure.Vitals;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void tellsGrowthFromTheGivenSwapOn() {
        Samples samples = new Samples();
        for (int swaps = 0; swaps <= 1_000; swaps += 100) {
            samples.add(swaps, metaspace(swaps < 200 ? 1_000 + 100L * swaps : 40_000 + 4L * (swaps - 200)));
        }

        assertThat(samples.metaspaceGrowthAfter(200).orElseThrow()).isCloseTo(8, within(0.01));
    }

    @Test
    void seesNoGrowthInWhatGoesUpAndDown() {
        Samples samples = new Samples();
        for (int swaps = 200; swaps <= 1_000; swaps += 25) {
            samples.add(swaps, metaspace(40_000 + (swaps % 50 == 0 ? 500 : 0)));
        }

        assertThat(samples.metaspaceGrowthAfter(200).orElseThrow()).isCloseTo(0, within(0.1));
    }

    @Test
    void tellsNothingOfAShortRun() {
        Samples samples = new Samples();
        samples.add(20, metaspace(1));
        samples.add(80, metaspace(2));

        assertThat(samples.metaspaceGrowthAfter(200)).isEmpty();
    }

    private static Vitals metaspace(long kilobytes) {
        return new Vitals(Map.of(), Map.of(), Map.of(), 0, 0, kilobytes, 0);
    }
}
